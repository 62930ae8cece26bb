/** Counts in bytes that come in pieces what is UTF-8 beyond ASCII and what is not UTF-8. */
export class Utf8Count {
  /** Characters of several bytes. */
  valid = 0;
  /** Bytes, or beginnings of characters, that are no UTF-8. */
  invalid = 0;
  private missing = 0;
  private lowest = 0x80;
  private highest = 0xbf;

  add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] as number;
      if (this.missing === 0) {
        if (byte >= 0x80) this.begin(byte);
      } else if (byte >= this.lowest && byte <= this.highest) {
        this.missing -= 1;
        this.expect(0x80, 0xbf);
        if (this.missing === 0) this.valid += 1;
      } else {
        this.invalid += 1;
        this.missing = 0;
        this.expect(0x80, 0xbf);
        if (byte >= 0x80) this.begin(byte);
      }
    }
  }

  /** Nothing more comes. */
  end(): void {
    if (this.missing > 0) this.invalid += 1;
    this.missing = 0;
  }

  /** The first byte says how many follow; some exclude forms that are too long, surrogates, and what is beyond Unicode. */
  private begin(byte: number): void {
    if (byte >= 0xc2 && byte <= 0xdf) this.missing = 1;
    else if (byte >= 0xe0 && byte <= 0xef) this.missing = 2;
    else if (byte >= 0xf0 && byte <= 0xf4) this.missing = 3;
    else this.invalid += 1;
    if (byte === 0xe0) this.expect(0xa0, 0xbf);
    if (byte === 0xed) this.expect(0x80, 0x9f);
    if (byte === 0xf0) this.expect(0x90, 0xbf);
    if (byte === 0xf4) this.expect(0x80, 0x8f);
  }

  private expect(lowest: number, highest: number): void {
    this.lowest = lowest;
    this.highest = highest;
  }
}
