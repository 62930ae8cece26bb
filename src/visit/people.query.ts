import { sameGivenName } from '../identity/evidence/first-name.rules.js';
import { parseName, type PersonName } from '../identity/normalise/name.rules.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Person } from './recognition.rules.js';

/** Bearers of a family name that are looked at; a commoner name needs a number beside it. */
const mostBearers = 2000;

/**
 * Customers who bear a name as it was said: the family name, and a given name that may be the same.
 * What visitors said of themselves on earlier visits is not searched: it would offer every anonymous visit as a person.
 */
export async function people(db: Pick<Tx, 'prepared'>, said: string): Promise<Person[]> {
  const name = parseName({ name: said });
  const family = name?.family.at(-1) ?? name?.given.at(-1);
  if (!name || family === undefined) return [];
  const rows = await db.prepared<{ record_id: string; customer_id: string; name: PersonName }>(
    'visit-people-by-name',
    `SELECT r.id AS record_id, m.customer_id, r.normalised->'name' AS name
     FROM record r JOIN membership m ON m.record_id = r.id JOIN source o ON o.id = r.source_id
     WHERE r.normalised->'name'->'family'->>-1 = $1 AND o.kind <> 'store' LIMIT ${mostBearers}`,
    [family],
  );
  const bearers = new Map<string, Person>();
  for (const row of rows) {
    if (bearers.has(row.customer_id) || !mayBe(name, row.name)) continue;
    bearers.set(row.customer_id, { customerId: row.customer_id, recordId: row.record_id });
  }
  return [...bearers.values()];
}

/** A candidate is offered masked and chosen by a person, so a call name is heard more freely than where a machine joins: Hedi, Hedwig. */
function mayBe(said: PersonName, known: PersonName): boolean {
  if (said.given.length === 0) return true;
  return said.given.some((one) => known.given.some((other) => sameGivenName(one, other) || beginAlike(one, other)));
}

const heard = 3;

function beginAlike(a: string, b: string): boolean {
  return a.length >= heard && a.slice(0, heard) === b.slice(0, heard);
}
