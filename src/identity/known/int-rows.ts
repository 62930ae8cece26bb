/** Rows of a page: room is taken page by page, so that nothing is copied, or stands twice, where it grows. */
const rowsOfPage = 1 << 14;

/** Rows of so many whole numbers of 32 bits each, by number; a row that was never set is of zeroes. */
export class IntRows {
  private readonly pages: Int32Array[] = [];

  constructor(private readonly width: number) {}

  /** A number of a row. */
  get(row: number, at: number): number {
    return this.page(row)[(row % rowsOfPage) * this.width + at] as number;
  }

  /** Sets a number of a row. */
  set(row: number, at: number, value: number): void {
    this.page(row)[(row % rowsOfPage) * this.width + at] = value;
  }

  /** Sets a whole row. */
  setRow(row: number, values: Int32Array): void {
    this.page(row).set(values, (row % rowsOfPage) * this.width);
  }

  /** A whole row, as it is and will be. */
  row(row: number): Int32Array {
    const start = (row % rowsOfPage) * this.width;
    return this.page(row).subarray(start, start + this.width);
  }

  private page(row: number): Int32Array {
    const at = Math.floor(row / rowsOfPage);
    while (this.pages.length <= at) this.pages.push(new Int32Array(rowsOfPage * this.width));
    return this.pages[at] as Int32Array;
  }
}
