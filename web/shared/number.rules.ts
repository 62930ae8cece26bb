/** A number as it is written in a place: grouped, and with all of its digits after the mark or with none. */
export function writtenNumber(value: number, digits: number, where: string): string {
  return new Intl.NumberFormat(where, {
    numberingSystem: 'latn',
    minimumFractionDigits: Number.isInteger(value) ? 0 : digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** A number typed by hand in a place; one or two digits behind a mark are no group anywhere. Null when it is none. */
export function typedNumber(text: string, where: string): number | null {
  const plain = text.replaceAll(/[^\d.,-]/g, '');
  if (!/\d/.test(plain)) return null;
  const short = plain.search(/[.,]\d{1,2}$/);
  const mark = short < 0 ? plain.lastIndexOf(decimalMark(where)) : short;
  const whole = mark < 0 ? plain : plain.slice(0, mark);
  const value = Number(`${bare(whole)}.${mark < 0 ? '' : bare(plain.slice(mark))}`);
  return Number.isNaN(value) ? null : value;
}

function bare(text: string): string {
  return text.replaceAll(/[.,]/g, '');
}

function decimalMark(where: string): string {
  const parts = new Intl.NumberFormat(where, { numberingSystem: 'latn' }).formatToParts(1.5);
  return parts.find((part) => part.type === 'decimal')?.value ?? '.';
}
