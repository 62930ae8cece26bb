const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
/** Behind the signature: no flags, no extension (eight zeroes). */
const headerLength = signature.length + 8;
/** The first day of PostgreSQL's clock, 2000-01-01. */
const epoch = 946_684_800_000;
const high = 2 ** 32;
const oidOfBigint = 20;
/** What the binary form of a jsonb begins with. */
const versionOfJson = '\x01';

/** Rows for COPY in PostgreSQL's binary format, value by value in the order of the columns; each method writes one value. */
export class CopiedRows {
  private buffer = Buffer.alloc(1 << 16);
  private at = headerLength;

  constructor() {
    signature.copy(this.buffer);
  }

  /** Begins a row of so many values. */
  row(values: number): this {
    this.room(2);
    this.at = this.buffer.writeInt16BE(values, this.at);
    return this;
  }

  /** A uuid. */
  uuid(id: string): this {
    this.begin(16);
    for (let at = 0; at < id.length; at += 2) {
      // A hyphen stands where a byte begins.
      if (id.charCodeAt(at) === hyphen) at += 1;
      this.buffer[this.at++] = (nibble(id.charCodeAt(at)) << 4) | nibble(id.charCodeAt(at + 1));
    }
    return this;
  }

  /** A text. */
  text(text: string): this {
    return this.written(text, '');
  }

  /** A jsonb. */
  json(value: object): this {
    return this.written(JSON.stringify(value), versionOfJson);
  }

  /** A boolean. */
  boolean(value: boolean): this {
    this.begin(1);
    this.buffer[this.at++] = Number(value);
    return this;
  }

  /** An integer. */
  integer(value: number): this {
    this.begin(4);
    this.at = this.buffer.writeInt32BE(value, this.at);
    return this;
  }

  /** A bigint, as far as a number holds it exactly. */
  bigint(value: number): this {
    this.begin(8);
    this.at = writeBigint(this.buffer, value, this.at);
    return this;
  }

  /** A list of bigints. */
  bigints(values: readonly number[]): this {
    const list = bigintList(values);
    this.begin(list.length);
    this.at += list.copy(this.buffer, this.at);
    return this;
  }

  /** A timestamptz, in milliseconds since 1970. @throws RangeError when it is no time. */
  time(milliseconds: number): this {
    if (!Number.isFinite(milliseconds)) throw new RangeError(`${milliseconds} is no time.`);
    return this.bigint((Math.trunc(milliseconds) - epoch) * 1000);
  }

  /** All rows, ready to be sent; nothing can be added any more. */
  bytes(): Buffer {
    this.room(2);
    this.at = this.buffer.writeInt16BE(-1, this.at);
    return this.buffer.subarray(0, this.at);
  }

  private written(text: string, ahead: string): this {
    this.room(4 + ahead.length + text.length * 3);
    const length = this.buffer.write(ahead + text, this.at + 4);
    this.at = this.buffer.writeInt32BE(length, this.at) + length;
    return this;
  }

  private begin(length: number): void {
    this.room(4 + length);
    this.at = this.buffer.writeInt32BE(length, this.at);
  }

  private room(length: number): void {
    if (this.at + length <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.at + length));
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
  }
}

/** A bigint[] as a parameter of a statement: written and read faster than as text. */
export function bigintList(values: { readonly length: number; readonly [at: number]: number }): Buffer {
  const list = Buffer.allocUnsafe(values.length === 0 ? 12 : 20 + values.length * 12);
  const dimensions = values.length === 0 ? 0 : 1;
  let at = list.writeInt32BE(oidOfBigint, list.writeInt32BE(0, list.writeInt32BE(dimensions, 0)));
  if (dimensions === 0) return list;
  at = list.writeInt32BE(1, list.writeInt32BE(values.length, at));
  for (let index = 0; index < values.length; index++)
    at = writeBigint(list, values[index] as number, list.writeInt32BE(8, at));
  return list;
}

function writeBigint(buffer: Buffer, value: number, at: number): number {
  const upper = Math.floor(value / high);
  return buffer.writeUInt32BE(value - upper * high, buffer.writeInt32BE(upper, at));
}

const hyphen = 45;

/** The value of a hexadecimal digit. */
function nibble(code: number): number {
  return code <= 57 ? code - 48 : (code | 32) - 87;
}
