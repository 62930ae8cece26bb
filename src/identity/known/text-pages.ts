import { IntRows } from './int-rows.js';

/** Bytes of a page; a text of more gets one of its own. */
const pageSize = 1 << 22;

/** Texts by number, kept outside the heap, so that no garbage collection looks at each. */
export class TextPages {
  private readonly pages: Buffer[] = [];
  private end = pageSize;
  /** Of each text its page, counted from 1 on, where it begins there, and its length. */
  private readonly places = new IntRows(3);

  /** Keeps a text under a number instead of the one that was kept under it before; the room of that is used again where it is enough. */
  set(number: number, text: string): void {
    const length = Buffer.byteLength(text);
    const [page = 0, start = 0, room = 0] = this.places.row(number);
    if (page > 0 && room >= length) {
      this.pages[page - 1]?.write(text, start);
      this.places.set(number, 2, length);
      return;
    }
    if (this.end + length > pageSize) {
      this.pages.push(Buffer.allocUnsafeSlow(Math.max(length, pageSize)));
      this.end = 0;
    }
    this.pages.at(-1)?.write(text, this.end);
    this.places.setRow(number, Int32Array.of(this.pages.length, this.end, length));
    this.end += length;
  }

  /** The text of a number under which one is kept. */
  at(number: number): string {
    const [page = 0, start = 0, length = 0] = this.places.row(number);
    return (this.pages[page - 1] as Buffer).toString('utf8', start, start + length);
  }
}
