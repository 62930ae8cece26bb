import { publicActor, type Actor } from './actor.js';
import { stillHolds } from './open-sockets.js';

const actor: Actor = {
  ...publicActor('127.0.0.1', 'en'),
  kind: 'STAFF',
  tokenId: 'a',
  roles: ['ASSOCIATE'],
  storeIds: ['x', 'y'],
};

it.each([
  ['nothing changed', actor, true],
  ['the token is gone', undefined, false],
  ['the role changed', { ...actor, roles: ['ANALYST' as const] }, false],
  ['a store was lost', { ...actor, storeIds: ['x'] }, false],
  ['a store was won', { ...actor, storeIds: ['x', 'y', 'z'] }, false],
])('judges a socket when %s', (_, rights, holds) => {
  expect(stillHolds(actor, rights)).toBe(holds);
});
