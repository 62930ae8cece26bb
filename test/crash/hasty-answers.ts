import { setTimeout as sleep } from 'node:timers/promises';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Visit } from '../../src/visit/visit.entity.js';
import { VisitQuery } from '../../src/visit/visit.query.js';

/**
 * The mistake that the crash test must find, in a web process that loads this before its program: whoever changes something
 * is answered as soon as the work is done; what becomes of the commit nobody waits for.
 */

/** By how many milliseconds the commit comes after the answer: some requests of the load are always in between. */
const late = 150;

const commitFirst = Reflect.get(Transactions.prototype, 'run');
Transactions.prototype.run = function answerFirst(this: Transactions, work) {
  return new Promise((resolve, reject) => {
    const hasty: typeof work = async (tx) => {
      const result = await work(tx);
      resolve(result);
      await sleep(late);
      return result;
    };
    commitFirst.call(this, hasty).catch(reject);
  });
};

// A check-in answers with what it finds committed: before that it could only name the visit.
const asCommitted = Reflect.get(VisitQuery.prototype, 'asRead');
VisitQuery.prototype.asRead = async function asPromised(this: VisitQuery, id) {
  return (await asCommitted.call(this, id)) ?? Object.assign(new Visit(), { id });
};
