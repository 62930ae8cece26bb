import { sayReason, type Reason } from '../../shared/catalogue/say.js';

/** What was asked for cannot be done; the message is one line that says what to do next. */
export class EnrolmentFault extends Error {
  override readonly name = 'EnrolmentFault';

  constructor(readonly reason: Reason) {
    super(sayReason('en', reason));
  }
}

const uniqueViolation = '23505';

/** Runs an insert and says in one line when its code is taken. */
export async function unlessTaken<T>(what: string, code: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code !== uniqueViolation) throw error;
    throw new EnrolmentFault(`${what} with the code "${code}" exists already; choose another code.`);
  }
}
