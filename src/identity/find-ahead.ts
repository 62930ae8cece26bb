import { type Observation, observationOf } from '../ingest/observation.rules.js';
import type { Finder } from '../ingest/projection.js';
import type { ReceivedMessage } from '../ingest/tracking-event.js';
import { newId } from '../shared/ids.js';
import { identifierKinds } from './identifier-kinds.js';
import { adoptKeys, storedKeys } from './record/match-keys.js';
import { absorb, adoptProfile, blankRecord, readProfile } from './record/record.rules.js';
import { adoptAlone } from './record/take-in.js';
import { type Finding, receivedFinding, type SentFinding, sentFinding } from './sent-finding.rules.js';

const observations = new WeakMap<ReceivedMessage, Observation>();

/** What a message says of somebody, which never changes. */
export function observed(message: ReceivedMessage): Observation {
  const known = observations.get(message) ?? observationOf(message);
  observations.set(message, known);
  return known;
}

/** It is not remembered here: what weak maps hold of objects that are gone stays until all of the memory is gone through. */
function find(message: ReceivedMessage): Finding {
  const observation = observationOf(message);
  const alone = absorb(blankRecord(newId(), observation), observation, identifierKinds);
  const profile = readProfile(alone);
  return { observation, alone, profile, keys: storedKeys(profile) };
}

/** Finds out of messages whom they are about and what she is like, as far as that needs no database. */
export const finder: Finder = {
  find: (messages) => messages.map((message) => sentFinding(find(message))),
  adopt(messages, findings) {
    for (const [at, message] of messages.entries()) {
      const { observation, alone, profile, keys } = receivedFinding(findings[at] as SentFinding, message);
      observations.set(message, observation);
      adoptAlone(observation, alone);
      adoptProfile(alone, profile);
      adoptKeys(alone, keys);
    }
  },
};
