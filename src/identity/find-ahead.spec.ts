import { observationOf } from '../ingest/observation.rules.js';
import type { ReceivedMessage } from '../ingest/tracking-event.js';
import { finder, observed } from './find-ahead.js';
import { identifierKinds } from './identifier-kinds.js';
import { matchKeysOf } from './record/match-keys.js';
import { absorb, blankRecord, profileOfRecord, type StoredRecord } from './record/record.rules.js';
import { aloneOf } from './record/take-in.js';
import type { SentFinding } from './sent-finding.rules.js';

const source = { id: 's', code: 'crm', name: 'CRM', kind: 'crm', department: 'sales', country: 'DE', trusted: true };
const occurredAt = new Date('2026-03-10T11:00:00Z');

function message(userId: string, traits: object): ReceivedMessage {
  const body = { type: 'identify', userId, traits };
  const said = { id: userId, kind: 'identify', asserted: true, occurredAt, receivedAt: occurredAt, body } as const;
  return { ...said, source: { ...source, storeId: null } };
}

it('takes over what another thread has found as if it had been found here', () => {
  const there = [
    message('1', { name: 'Ada Lovelace', email: 'ada@mail.example', birthday: '1985-12-10' }),
    message('2', { phone: '+49 1511 2345678', address: { street: 'Ringweg 4', city: 'Köln', postalCode: '50667' } }),
    message('3', {
      name: 'Juan Carlos de la Vega Jr',
      email: 'nobody',
      birthday: '1985-13-45',
      nationalId: '12 345 678',
    }),
    message('4', { loyaltyId: '000000' }),
  ];
  const found = finder.find(there);
  finder.adopt(there, found);
  const sent = structuredClone({ messages: there, found });
  finder.adopt(sent.messages, sent.found);
  for (const [at, here] of sent.messages.entries()) {
    const alone = aloneOf(observed(here), identifierKinds);
    const original = absorbed(there[at] as ReceivedMessage, alone.id);
    expect(alone).toEqual(original);
    expect(observed(here)).toEqual(observationOf(there[at] as ReceivedMessage));
    // Ids are made once: the same one here and there says that nothing was made anew.
    expect(alone.id).toBe(aloneOf(observed(there[at] as ReceivedMessage), identifierKinds).id);
    expect([profileOfRecord(alone), matchKeysOf(alone)]).toEqual([profileOfRecord(original), matchKeysOf(original)]);
    expect(matchKeysOf(alone)).toBe((sent.found as SentFinding[])[at]?.at(-1));
  }
});

/** The record that a message would make of her alone, made of it anew. */
function absorbed(said: ReceivedMessage, id: string): StoredRecord {
  const observation = observationOf(said);
  return absorb(blankRecord(id, observation), observation, identifierKinds);
}
