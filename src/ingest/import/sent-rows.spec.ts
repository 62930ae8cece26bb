import { prepareRow } from './prepare-row.js';
import { readRow } from './row-message.rules.js';
import { receivedRow, sentRow } from './sent-rows.js';

const source = { id: 's', code: 'crm', name: 'CRM', kind: 'crm', department: 'sales', country: 'DE', trusted: true };
const sourceView = { ...source, storeId: null };
const now = new Date('2026-03-10T11:00:00Z');
const mapping = {
  kind: 'people' as const,
  columns: (['id', 'name', 'updatedAt'] as const).map((field) => ({ heading: field, field })),
  constants: {},
};

it.each([
  ['a person', ['7', 'Ada Lovelace', undefined]],
  ['a person seen at another time', ['7', 'Ada Lovelace', '2026-03-01']],
  ['a person without an id', [undefined, 'Ada Lovelace', undefined]],
  ['what no column can take', ['7', 'Ada\0 Lovelace\ud800', undefined]],
  ['nobody', [undefined, undefined, undefined]],
  ['a time that cannot be read', ['7', 'Ada Lovelace', 'soon']],
])('%s is the same row after it was sent', (_what, cells) => {
  const prepared = prepareRow(readRow({ line: 3, cells }, mapping, { country: 'DE', now }), sourceView, now);
  const received = receivedRow(structuredClone(sentRow(prepared)), sourceView);
  expect({ ...received.row, message: received.row.message }).toEqual(prepared.row);
  expect(received.named).toEqual(prepared.named);
  expect(said(received.outcome)).toEqual(said(prepared.outcome));
});

/** What is said, that which is only read on demand included. */
function said(outcome: ReturnType<typeof prepareRow>['outcome']): object {
  if ('reason' in outcome) return outcome;
  const { id, receivedAt, occurredAt, source: whose, asserted, kind, body } = outcome.message;
  return { ...outcome, message: { id, receivedAt, occurredAt, source: whose, asserted, kind, body } };
}
