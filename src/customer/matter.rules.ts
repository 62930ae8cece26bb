import { canonicalName } from '../ingest/kinds.js';
import { propertiesOf, textOf, type ReceivedMessage } from '../ingest/tracking-event.js';
import { departmentOf } from './activity.rules.js';
import { ownReference } from './own-reference.js';

/** What is said of something a department has to settle. */
export interface SaidMatter {
  readonly reference: string;
  readonly department: string;
  readonly summary: string;
  readonly complaint: boolean;
  readonly at: Date;
  readonly open: boolean;
}

const numberNames = {
  invoice: ['invoice_id', 'invoiceId', 'invoice_number', 'invoiceNumber'],
  complaint: ['complaint_id', 'complaintId', 'case_id', 'caseId', 'case_number', 'caseNumber', 'ticket_id', 'ticketId'],
  case: ['case_id', 'caseId', 'case_number', 'caseNumber', 'ticket_id', 'ticketId'],
} as const;

/** What a message says of a service case, a complaint or an invoice; undefined without a number it can be found by. */
export function matterOf(message: ReceivedMessage): SaidMatter | undefined {
  const { kind, body, occurredAt: at } = message;
  if (kind !== 'matter.opened' && kind !== 'matter.closed') return undefined;
  const properties = propertiesOf(body);
  const name = textOf(body, ['event'], 200) ?? kind;
  const sort = sortOf(name);
  const number = textOf(properties, [...numberNames[sort], 'reference', 'id'], 200);
  if (number === undefined) return undefined;
  return {
    reference: ownReference(message, `${sort}:${number}`),
    department: departmentOf(message),
    summary: textOf(properties, ['summary', 'subject', 'reason', 'title', 'topic'], 500) ?? name,
    complaint: sort === 'complaint' || properties.complaint === true,
    at,
    open: kind === 'matter.opened',
  };
}

function sortOf(name: string): keyof typeof numberNames {
  const canonical = canonicalName(name);
  if (canonical.startsWith('invoice')) return 'invoice';
  return canonical.startsWith('complaint') ? 'complaint' : 'case';
}
