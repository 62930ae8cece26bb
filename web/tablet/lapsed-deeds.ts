import { device } from './vault.js';

const KEPT = 'lapsed-deeds';

/** Of what was not taken in time nothing is left but when it was accepted. */
export interface Lapsed {
  name: string;
  at: number;
}

/** What was accepted here and not taken in time, until somebody on shift has read so. */
export class LapsedDeeds {
  private lapsed: readonly Lapsed[] = [];

  constructor(private readonly changed: () => void) {}

  readonly current = (): readonly Lapsed[] => this.lapsed;

  async restore(): Promise<void> {
    this.lapsed = (await device.read<Lapsed[]>(KEPT)) ?? [];
  }

  async add({ name, at }: Lapsed): Promise<void> {
    await this.keep([...this.lapsed.filter((each) => each.name !== name), { name, at }]);
  }

  async dismiss(read: readonly Lapsed[]): Promise<void> {
    await this.keep(this.lapsed.filter((each) => !read.includes(each)));
  }

  clear(): void {
    this.lapsed = [];
  }

  private async keep(lapsed: readonly Lapsed[]): Promise<void> {
    this.lapsed = lapsed;
    this.changed();
    await device.write(KEPT, lapsed).catch(() => undefined);
  }
}
