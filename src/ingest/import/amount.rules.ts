/**
 * An amount as shops and spreadsheets write it (`1.234,56 €`, `1,234.56`, `EUR 39`, `-12.5`), as a decimal with a point.
 * Undefined when it is no amount. A mark that stands alone before three digits parts thousands: `1.234` is more than a thousand.
 */
export function readAmount(text: string): string | undefined {
  const bare = text.replace(/[\s\u00a0\u202f'’]|[A-Za-z]{3}|\p{Sc}/gu, '');
  if (!/^[-+]?\d[\d.,]*$/.test(bare)) return undefined;
  const sign = bare.startsWith('-') ? '-' : '';
  const digits = bare.replace(/^[-+]/, '');
  const decimal = decimalMark(digits);
  const [whole = '', fraction, more] = decimal === undefined ? [digits] : digits.split(decimal);
  if (more !== undefined || /[.,]/.test(fraction ?? '')) return undefined;
  const integer = whole.replaceAll(/[.,]/g, '');
  return `${sign}${integer}${fraction === undefined || fraction === '' ? '' : `.${fraction}`}`;
}

/** The mark before the cents: the last of two different marks, or a mark that stands alone. */
function decimalMark(digits: string): string | undefined {
  const dot = digits.lastIndexOf('.');
  const comma = digits.lastIndexOf(',');
  if (dot >= 0 && comma >= 0) return dot > comma ? '.' : ',';
  const mark = dot >= 0 ? '.' : comma >= 0 ? ',' : undefined;
  if (mark === undefined) return undefined;
  return digits.split(mark).length > 2 || /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits) ? undefined : mark;
}
