import type { Amount } from '../shared/money.js';
import type { ChosenOption } from '../configurator/configuration-event.js';

/** A configuration as somebody saw it at the end of a visit. */
export interface Seen {
  readonly options: readonly ChosenOption[];
  readonly total: Amount;
}

/** A configuration with what she saw of it at the end of her last visit on an earlier day. */
export interface ConfigurationRow extends Seen {
  readonly id: string;
  readonly recordId: string;
  readonly code: string;
  readonly model: string;
  readonly modelLabel: string | null;
  readonly abandoned: readonly ChosenOption[];
  readonly imageUrl: string | null;
  readonly url: string | null;
  readonly revision: number;
  readonly startedAt: string;
  readonly lastEditedAt: string;
  readonly seen: Seen | null;
}
