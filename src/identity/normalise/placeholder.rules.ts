/** Words that people and systems write when they have nothing to write. */
const fillers = new Set(
  `n/a na n.a. n.a none null nil undefined nan unknown unbekannt inconnu desconocido nieznany test tester testing tbd tba
   x xx xxx xxxx - -- --- . .. ... ? ?? ??? 0 empty missing anonymous anonym guest dummy sample example keine
   kein no not-given notgiven notprovided not-provided`.split(/\s+/),
);

/** Two characters that are not the same say something. */
const beginsWithTwo = /^([a-z0-9])(?!\1)[a-z0-9]/;

/** True for text that stands for "nothing here": N/A, test, -, 000000, xxxx. */
export function isPlaceholder(raw: string): boolean {
  const text = raw.trim().toLowerCase();
  if (text === '' || fillers.has(text)) return true;
  if (/[\s_]/.test(text) && fillers.has(text.replace(/[\s_]+/g, '-'))) return true;
  if (beginsWithTwo.test(text)) return false;
  const compact = text.replace(/[^\p{L}\p{N}]/gu, '');
  if (compact === '') return true;
  return compact.length > 2 && isOneCharacter(compact);
}

/** True when a number is one digit over and over, or counts up or down from end to end: 0000000, 1234567890. */
export function isFillerNumber(digits: string): boolean {
  return digits === '' || isOneCharacter(digits) || (digits.length >= 8 && isRun(digits));
}

function isOneCharacter(text: string): boolean {
  const [first] = text;
  for (const character of text) if (character !== first) return false;
  return first !== undefined;
}

function isRun(digits: string): boolean {
  return '01234567890123456789'.includes(digits) || '98765432109876543210'.includes(digits);
}
