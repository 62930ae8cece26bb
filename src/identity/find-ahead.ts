import { type Observation, observationOf } from '../ingest/observation.rules.js';
import type { Finder } from '../ingest/projection.js';
import type { ReceivedMessage } from '../ingest/tracking-event.js';
import { identifierKinds } from './identifier-kinds.js';
import { adoptKeys, matchKeysOf } from './record/match-keys.js';
import { adoptProfile, profileOfRecord } from './record/record.rules.js';
import { adoptAlone, aloneOf } from './record/take-in.js';
import { type Finding, receivedFinding, type SentFinding, sentFinding } from './sent-finding.rules.js';

const observations = new WeakMap<ReceivedMessage, Observation>();

/** What a message says of somebody, which never changes. */
export function observed(message: ReceivedMessage): Observation {
  const known = observations.get(message) ?? observationOf(message);
  observations.set(message, known);
  return known;
}

function find(message: ReceivedMessage): Finding {
  const observation = observed(message);
  const alone = aloneOf(observation, identifierKinds);
  return { observation, alone, profile: profileOfRecord(alone), keys: matchKeysOf(alone) };
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
