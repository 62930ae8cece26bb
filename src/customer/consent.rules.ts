import {
  contextOf,
  fieldsOf,
  isFields,
  listOf,
  propertiesOf,
  textOf,
  type Fields,
  type ReceivedMessage,
} from '../ingest/tracking-event.js';

/** What somebody allowed or forbade. */
export interface SaidConsent {
  readonly purpose: string;
  readonly channel: string;
  readonly granted: boolean;
}

/** Every channel that is not named itself. */
export const anyChannel = 'any';

const mostPurposes = 50;

/**
 * The consents a message tells of: one in its properties, a list of them in `consents`, or the preferences by category of a
 * consent banner, as Segment's SDKs send them in the context. Of two words on the same thing in one message, no outweighs yes.
 */
export function consentsOf({ kind, body }: ReceivedMessage): SaidConsent[] {
  if (kind !== 'consent') return [];
  const properties = propertiesOf(body);
  const banner = fieldsOf(fieldsOf(contextOf(body).consent).categoryPreferences);
  const said = [
    ...[properties, ...listOf(properties.consents)].flatMap(single),
    ...byCategory(banner),
    ...byCategory(fieldsOf(properties.preferences)),
  ];
  const merged = new Map<string, SaidConsent>();
  for (const consent of said.slice(0, mostPurposes)) {
    const key = `${consent.purpose}\n${consent.channel}`;
    merged.set(key, { ...consent, granted: consent.granted && (merged.get(key)?.granted ?? true) });
  }
  return [...merged.values()];
}

function single(fields: Fields): SaidConsent[] {
  const purpose = textOf(fields, ['purpose', 'category'], 100)?.toLowerCase();
  const granted = grantedOf(fields.granted ?? fields.status ?? fields.consent);
  if (purpose === undefined || granted === undefined) return [];
  return [{ purpose, channel: textOf(fields, ['channel'], 40)?.toLowerCase() ?? anyChannel, granted }];
}

function byCategory(preferences: Fields): SaidConsent[] {
  return Object.entries(preferences).flatMap(([category, value]) => {
    if (isFields(value)) return single({ purpose: category, ...value });
    const granted = grantedOf(value);
    return granted === undefined || category === ''
      ? []
      : [{ purpose: category.slice(0, 100).toLowerCase(), channel: anyChannel, granted }];
  });
}

function grantedOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  if (/^(granted|given|yes|true|opt(ed)?[-_ ]?in|allowed)$/i.test(value)) return true;
  return /^(denied|withdrawn|revoked|no|false|opt(ed)?[-_ ]?out|refused)$/i.test(value) ? false : undefined;
}
