/** Bytes of a page; a text of more gets one of its own. */
const pageSize = 1 << 22;

/** Texts by number, kept outside the heap, so that no garbage collection looks at each. */
export class TextPages {
  private readonly pages: Buffer[] = [];
  private end = pageSize;
  private pageOf = new Int32Array(1 << 10);
  private startOf = new Int32Array(1 << 10);
  private lengthOf = new Int32Array(1 << 10);

  /** Keeps a text under a number; one that was kept under it before is forgotten, though its room is not used again. */
  set(number: number, text: string): void {
    const length = Buffer.byteLength(text);
    if (this.end + length > pageSize) {
      this.pages.push(Buffer.allocUnsafeSlow(Math.max(length, pageSize)));
      this.end = 0;
    }
    if (number >= this.pageOf.length) this.widen(number);
    const page = this.pages.length - 1;
    this.pages[page]?.write(text, this.end);
    this.pageOf[number] = page;
    this.startOf[number] = this.end;
    this.lengthOf[number] = length;
    this.end += length;
  }

  /** The text of a number under which one is kept. */
  at(number: number): string {
    const start = this.startOf[number] as number;
    const page = this.pages[this.pageOf[number] as number] as Buffer;
    return page.toString('utf8', start, start + (this.lengthOf[number] as number));
  }

  private widen(number: number): void {
    const length = Math.max(number + 1, Math.ceil(this.pageOf.length * 1.5));
    for (const list of ['pageOf', 'startOf', 'lengthOf'] as const) {
      const larger = new Int32Array(length);
      larger.set(this[list]);
      this[list] = larger;
    }
  }
}
