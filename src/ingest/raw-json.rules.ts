const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;
const colon = 0x3a;

/** One element of a list, as it was written. */
export interface RawElement {
  readonly text: string;
  /** How deep its brackets are nested. */
  readonly depth: number;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** The position after the string that begins at `start`. */
function afterString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  for (; end !== -1; end = json.indexOf('"', end + 1)) {
    let slashes = 0;
    while (json.charCodeAt(end - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
  return json.length;
}

function afterSpace(json: string, start: number): number {
  let at = start;
  while (isSpace(json.charCodeAt(at))) at += 1;
  return at;
}

/** The end of the value that begins at `start`, and how deep it is nested. */
function valueAt(json: string, start: number): { end: number; depth: number } {
  let open = 0;
  let depth = 0;
  let at = start;
  while (at < json.length) {
    const code = json.charCodeAt(at);
    if (code === quote) {
      at = afterString(json, at);
      if (open === 0) return { end: at, depth };
      continue;
    }
    if (code === openBrace || code === openBracket) {
      open += 1;
      if (open > depth) depth = open;
    } else if (code === closeBrace || code === closeBracket) {
      if (open === 0) return { end: at, depth };
      open -= 1;
      if (open === 0) return { end: at + 1, depth };
    } else if (open === 0 && (code === comma || isSpace(code))) {
      return { end: at, depth };
    }
    at += 1;
  }
  return { end: at, depth };
}

/** How deep the brackets of a JSON text are nested. */
export function depthOf(json: string): number {
  return valueAt(json, afterSpace(json, 0)).depth;
}

/**
 * The elements of the list under `key` of a JSON object, exactly as they were written: parsing and writing anew would lose
 * long numbers, repeated keys and spaces. The text must be valid JSON; of a repeated key the last counts, as in `JSON.parse`.
 */
export function rawElements(json: string, key: string): RawElement[] {
  let elements: RawElement[] = [];
  let at = afterSpace(json, 0) + 1;
  while (at < json.length) {
    at = afterSpace(json, at);
    if (json.charCodeAt(at) !== quote) break;
    const keyEnd = afterString(json, at);
    const name = json.slice(at, keyEnd);
    at = afterSpace(json, afterSpace(json, keyEnd) + 1);
    const { end } = valueAt(json, at);
    if (json.charCodeAt(keyEnd) !== colon && !isSpace(json.charCodeAt(keyEnd))) break;
    if (JSON.parse(name) === key) elements = listAt(json, at);
    at = afterSpace(json, end) + 1;
  }
  return elements;
}

function listAt(json: string, start: number): RawElement[] {
  const elements: RawElement[] = [];
  if (json.charCodeAt(start) !== openBracket) return elements;
  let at = afterSpace(json, start + 1);
  while (at < json.length && json.charCodeAt(at) !== closeBracket) {
    const { end, depth } = valueAt(json, at);
    elements.push({ text: json.slice(at, end), depth });
    at = afterSpace(json, end);
    if (json.charCodeAt(at) === comma) at = afterSpace(json, at + 1);
  }
  return elements;
}
