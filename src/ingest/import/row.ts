/** One row of a file as it was read. */
export interface Row {
  /** The line of the file on which it begins, counted from one. */
  readonly line: number;
  /** Its cells in the order of the headings. */
  readonly cells: readonly (string | undefined)[];
  /** Set when it could not be taken apart: why, and what was read of it. */
  readonly flaw?: {
    readonly reason: 'wrong-column-count' | 'not-an-object' | 'too-deep';
    readonly detail: string;
    readonly text: string;
  };
}

/** Largest row in bytes; what is larger is most likely a quotation mark that is never closed. */
export const largestRow = 32 * 1024 * 1024;
