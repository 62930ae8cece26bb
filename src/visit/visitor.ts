import type { Actor } from '../access/actor.js';
import type { CheckInInput } from './check-in.input.js';
import type { VisitStore } from './visit-store.query.js';

/** Somebody at the door, as a tablet tells of her. */
export interface Visitor {
  readonly input: CheckInInput;
  readonly actor: Actor;
  readonly store: VisitStore;
  /** When she came, by the server's clock. */
  readonly at: Date;
  /** The tablet had no connection then. */
  readonly offline: boolean;
}
