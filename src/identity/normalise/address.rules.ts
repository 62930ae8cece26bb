import { isPlaceholder } from './placeholder.rules.js';
import { words } from './text.rules.js';

/** A street address in comparable parts. */
export interface Street {
  /** House number with its letter; empty when there is none. */
  number: string;
  /** The words of the street in order, its kind and direction left out where the rest names it. */
  name: string[];
}

/** Kinds of street and directions in the languages of the shops: they say little and are written in many ways. */
const kinds = new Set(
  `street str st strasse avenue ave av road rd drive dr lane ln boulevard blvd bd court ct place pl plaza plz terrace ter
   terr circle cir way parkway pkwy highway hwy square sq crescent cres close grove trail trl rue chemin allee impasse
   quai route cours weg gasse platz ring damm ufer allee calle c avda avenida paseo pso camino carrer ul ulica al aleja
   pl os odos leoforos via viale piazza corso n s e w ne nw se sw north south east west no nr num rd apt unit flat suite
   ste apartment`.split(/\s+/),
);

/** Kinds of street that German writes into the name. */
const suffix = /^(.{3,})(strasse|str|weg|gasse|platz|allee|ring|damm|ufer)$/;

/** Reads a street address, the number in front or behind. */
export function parseStreet(raw: string | undefined): Street | undefined {
  if (raw === undefined || isPlaceholder(raw)) return undefined;
  const all = words(raw.replace(/(\d)\s*([a-zA-Z])\b/g, '$1$2')).map((word) => suffix.exec(word)?.[1] ?? word);
  const at = all.findIndex((word) => /^\d+[a-z]?$/.test(word));
  const rest = all.filter((_, index) => index !== at);
  const named = rest.filter((word) => !kinds.has(word));
  const name = named.length > 0 ? named : rest;
  if (name.length === 0) return undefined;
  return { number: at === -1 ? '' : (all[at] as string), name };
}

/** A postcode without spaces, letters that pass for digits corrected where a country has digits only. */
export function parsePostalCode(raw: string | undefined, country: string): string | undefined {
  if (raw === undefined || isPlaceholder(raw)) return undefined;
  const code = raw.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const lettered = country === 'GB' || country === 'CA' || country === 'NL' || country === 'IE';
  const digits = lettered ? code : code.replace(/O/g, '0').replace(/[IL]/g, '1').replace(/S/g, '5').replace(/B/g, '8');
  const short = country === 'US' ? digits.slice(0, 5) : digits;
  return short.length >= 3 && short.length <= 10 && !/^(.)\1+$/.test(short) ? short : undefined;
}

/** A town as one folded text. */
export function parseLocality(raw: string | undefined): string | undefined {
  if (raw === undefined || isPlaceholder(raw)) return undefined;
  const folded = words(raw).join(' ');
  return folded === '' ? undefined : folded;
}
