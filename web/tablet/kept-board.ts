import { now } from '../shared/time.js';
import { nameless, type Visit } from './board.rules.js';
import { open, sealSoon } from './vault.js';
import { dayIn, forgetDaysThatEnded } from './working-day.js';

/** Where the board is, and who looks at it, for what one may read of a visitor another may not; nobody without a shift. */
export interface Place {
  readonly storeId: string;
  readonly timeZone: string;
  readonly reader: string | null;
}

/** Who was on the board, and when the server last said so. */
interface Said {
  readonly visits: readonly Visit[];
  readonly asOf: number;
}

/** `keptAt`: when this device last changed it. */
interface Kept extends Said {
  readonly keptAt: number;
  readonly reader: string;
}

/** Under which names boards are kept: the one of a shift, and the one that shows no person. */
const KEPT = 'board';
const KEPT_NAMELESS = 'board-nameless';

/** The board as this device keeps it, sealed, for as long as it is the same day in the store. */
export class KeptBoard {
  private readonly day: string;

  constructor(private readonly place: Place) {
    this.day = dayIn(place.timeZone);
  }

  /** What was kept, as far as this reader may see it. */
  async read(): Promise<Said | undefined> {
    await forgetDaysThatEnded();
    const boards = await Promise.all([KEPT, KEPT_NAMELESS].map((name) => open<Kept>(name).catch(() => undefined)));
    const [named, newest] = [boards[0], boards.filter((board) => !!board).sort((a, b) => b.keptAt - a.keptAt)[0]];
    const { reader } = this.place;
    const kept = reader === null ? newest : named;
    return kept && { visits: kept.visits.map((visit) => readBy(visit, reader, kept.reader)), asOf: kept.asOf };
  }

  /** Keeps in a moment what is on the board then. */
  keepSoon(board: () => Said): void {
    const { reader, timeZone } = this.place;
    const kept = (): Kept | undefined => {
      // A day that is over is being forgotten.
      if (dayIn(timeZone) !== this.day) return undefined;
      return { ...board(), keptAt: now(), reader: reader ?? '' };
    };
    sealSoon(reader === null ? KEPT_NAMELESS : KEPT, kept, `day:${this.day}`);
  }
}

/** What one reader may see of a visit that was kept for another. */
function readBy(visit: Visit, reader: string | null, keptFor: string): Visit {
  if (reader === null) return nameless(visit);
  return reader === keptFor ? visit : { ...visit, context: null };
}
