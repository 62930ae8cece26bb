import type { Amount } from '../shared/money.js';

/** What can happen to a configuration, in the order in which it is taken to have happened when it did at the same instant. */
export const configurationEventKinds = ['started', 'selected', 'removed', 'saved', 'shared', 'quoted'] as const;
/** One thing that can happen to a configuration. */
export type ConfigurationEventKind = (typeof configurationEventKinds)[number];

/** An option as somebody chose it. */
export interface ChosenOption {
  readonly group: string;
  readonly code: string;
  readonly label: string;
  readonly price: Amount | null;
}

/** How far the sender of an event knew whose configuration it is. */
export const ownerships = ['visit', 'anonymous', 'claimed', 'asserted'] as const;

/** Whose record an event hangs on, and how sure that is: one that was asserted outweighs all that were claimed. */
export interface Ownership {
  readonly recordId: string;
  readonly level: (typeof ownerships)[number];
  /** The record is the session's own: nothing named whose else it could be. */
  readonly ofSession?: boolean;
}

/** What one event says; absent where it says nothing. */
export interface Said {
  readonly model?: string;
  readonly modelLabel?: string;
  readonly imageUrl?: string;
  readonly url?: string;
  /** Price of the whole. */
  readonly total?: Amount;
  /** Everything that is chosen: what is not in it is not chosen. */
  readonly options?: readonly ChosenOption[];
  /** What the sender says was chosen and taken back. */
  readonly abandoned?: readonly ChosenOption[];
  /** The option that was selected or removed. */
  readonly option?: ChosenOption;
  /** The visit during which it was said in a store. */
  readonly visitId?: string;
}

/** One event of a configuration, as it is stored. */
export interface ConfigurationEvent {
  /** Made from what was said, so that ties are broken alike in whatever order messages arrive. */
  readonly id: string;
  readonly occurredAt: Date;
  readonly kind: ConfigurationEventKind;
  readonly said: Said;
  readonly owner: Ownership;
}
