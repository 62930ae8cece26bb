/** Escapes of characters that JSON can hold and PostgreSQL's text cannot: NUL and halves of surrogate pairs. */
const suspicious = /\\u(0000|d[89a-f])/i;

/** Parses a JSON text to values that every column can take; what no column can take is left out. */
export function storable(json: string): unknown {
  const value: unknown = JSON.parse(json);
  return suspicious.test(json) ? cleaned(value) : value;
}

/** The same for an object of texts alone that is written as this JSON already. */
export function storableTexts(texts: object, json: string): unknown {
  return suspicious.test(json) ? cleaned(texts) : texts;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed();
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleaned(key), cleaned(inner)]));
}
