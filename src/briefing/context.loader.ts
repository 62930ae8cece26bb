import { Injectable } from '@nestjs/common';
import { ContextQuery } from './context.query.js';
import type { ContextRow } from './context.row.js';

interface Waiting {
  readonly resolve: (row: ContextRow | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Visits read in one statement. */
const together = 100;

/**
 * Gathers what is asked for within one turn of the event loop, by one board or by many tablets, into one statement.
 * Nothing is kept: the next turn reads anew.
 */
@Injectable()
export class ContextLoader {
  private waiting = new Map<string, Waiting[]>();

  constructor(private readonly query: ContextQuery) {}

  /** What the briefing of a visit is made of; undefined when there is no such visit. */
  load(visitId: string): Promise<ContextRow | undefined> {
    return new Promise((resolve, reject) => {
      if (this.waiting.size === 0) setImmediate(() => void this.read());
      const sameVisit = this.waiting.get(visitId);
      if (sameVisit) sameVisit.push({ resolve, reject });
      else this.waiting.set(visitId, [{ resolve, reject }]);
    });
  }

  private async read(): Promise<void> {
    const asked = [...this.waiting];
    this.waiting = new Map();
    for (let from = 0; from < asked.length; from += together) await this.readPage(asked.slice(from, from + together));
  }

  private async readPage(asked: readonly [string, Waiting[]][]): Promise<void> {
    try {
      const rows = await this.query.of(asked.map(([visitId]) => visitId));
      for (const [visitId, waiting] of asked) for (const { resolve } of waiting) resolve(rows.get(visitId));
    } catch (error) {
      for (const [, waiting] of asked) for (const { reject } of waiting) reject(error);
    }
  }
}
