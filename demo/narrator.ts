import { whyNotStarted } from '../src/why-not-started.js';

interface Shown {
  recognition: { status: string; strength: string; matchedBy: { explanation: string }[] };
  context: {
    customer: { displayName: string; loyaltyId: string } | null;
    headline: { text: string }[];
    configurations: {
      modelLabel: string;
      total: { amountMinor: number; currency: string };
      changeSinceLastVisit: { added: { label: string }[]; removed: { label: string }[] } | null;
    }[];
    purchases: { label: string }[];
    activity: { summary: string }[];
    withheld: { field: string; reason: string }[];
  } | null;
}

/** Prints the story as it happens, with the milliseconds each step took. */
export class Narrator {
  private number = 0;

  /** Runs one step and prints how long it took; a step that fails ends the story. */
  async step<T>(what: string, work: () => Promise<T>): Promise<T> {
    this.number += 1;
    const label = `${String(this.number).padStart(2)}. ${what}`;
    const start = performance.now();
    try {
      const result = await work();
      console.log(`${label.padEnd(84)} ${(performance.now() - start).toFixed(0).padStart(5)} ms`);
      return result;
    } catch (error) {
      console.error(
        `${label}\n    FAILED: ${whyNotStarted(error) ?? (error instanceof Error ? error.message : String(error))}`,
      );
      throw error;
    }
  }

  /** Waits some milliseconds. */
  async pause(milliseconds: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  }

  /** Prints what the salesperson reads. */
  show({ recognition, context }: Shown): void {
    const money = ({ amountMinor, currency }: { amountMinor: number; currency: string }): string =>
      new Intl.NumberFormat('en', { style: 'currency', currency, maximumFractionDigits: 0 }).format(amountMinor / 100);
    const lines = [
      `${context?.customer?.displayName ?? 'Somebody'}, ${recognition.status.toLowerCase()} (${recognition.matchedBy.map((reason) => reason.explanation).join('; ')})`,
      ...(context?.headline ?? []).map(({ text }) => `say: ${text}`),
      ...(context?.configurations ?? []).map(({ modelLabel, total }) => `configured: ${modelLabel}, ${money(total)}`),
      ...(context?.configurations ?? []).flatMap(({ changeSinceLastVisit: change }) =>
        change
          ? [
              `since her last visit: ${[...change.added.map(({ label }) => `+ ${label}`), ...change.removed.map(({ label }) => `− ${label}`)].join(', ')}`,
            ]
          : [],
      ),
      ...(context?.purchases ?? []).map(({ label }) => `bought: ${label}`),
      ...(context?.activity ?? []).map(({ summary }) => `lately: ${summary}`),
      ...(context?.withheld ?? []).map(({ field, reason }) => `withheld: ${field}: ${reason}`),
    ];
    console.log(['', ...lines.map((line) => `      │ ${line}`), ''].join('\n'));
  }
}
