import type { Profile } from '../evidence/profile.rules.js';
import { IntRows } from './int-rows.js';
import { WordBook } from './word-book.js';

/** What a sketch holds, number by number; 0 stands for nothing known. */
export const place = {
  /** 1: known otherwise than a sketch can tell, so that it sets nobody apart. */
  isOdd: 0,
  /** Eight digits, the year first. */
  birth: 1,
  /** Words of the given and the family name, and both families or givens as one word. */
  given: 2,
  family: 5,
  postalCode: 8,
  locality: 9,
  /** The last nine digits of the phone, 1 added, and those before them. */
  phone: 10,
  prefix: 11,
  /** The address, its box without marks, and its host. */
  mail: 12,
  box: 13,
  host: 14,
  /** Letters of the box, and its other characters, as bits; the same of the whole address; the length of the box. */
  boxLetters: 15,
  boxMarks: 16,
  mailLetters: 17,
  mailMarks: 18,
  boxLength: 19,
  /** Of the street: 1 where there is one, and its number as a word. */
  street: 20,
  houseNumber: 21,
} as const;

const size = 22;

/** Numbers of a part of a name. */
export const wordsOfPart = 3;

/** Records as a few numbers each, of which it is cheap to tell that two of them are nothing to each other. */
export class Sketches {
  readonly words = new WordBook();
  private readonly rows = new IntRows(size);

  /** Keeps the sketch of a record under its number. */
  set(at: number, sketch: Int32Array): void {
    this.rows.setRow(at, sketch);
  }

  /** The sketch under a number. */
  at(at: number): Int32Array {
    return this.rows.row(at);
  }

  /** The sketch of a record. */
  sketch(profile: Profile): Int32Array {
    const drawn = new Int32Array(size);
    if (isOdd(profile)) {
      drawn[place.isOdd] = 1;
      return drawn;
    }
    const { name, birth, postalCode, locality, phones, emails, street } = profile;
    if (birth) drawn[place.birth] = birth.year * 10_000 + birth.month * 100 + birth.day;
    drawn.set(this.wordsOf(name?.given ?? []), place.given);
    drawn.set(this.wordsOf(name?.family ?? []), place.family);
    drawn[place.postalCode] = this.wordOf(postalCode);
    drawn[place.locality] = this.wordOf(locality);
    const [phone] = phones;
    if (phone !== undefined) {
      drawn[place.phone] = Number(phone.slice(-9)) + 1;
      drawn[place.prefix] = Number(phone.slice(1, -9));
    }
    const [mail] = emails;
    if (mail !== undefined) this.drawMail(drawn, mail);
    if (street) {
      drawn[place.street] = 1;
      drawn[place.houseNumber] = this.wordOf(street.number === '' ? undefined : street.number);
    }
    return drawn;
  }

  private drawMail(drawn: Int32Array, mail: string): void {
    const at = mail.lastIndexOf('@');
    const box = mail.slice(0, at);
    drawn[place.mail] = hashOf(mail);
    drawn[place.box] = hashOf(box.replace(/\+.*$/, '').replace(/[._-]/g, ''));
    drawn[place.host] = hashOf(mail.slice(at + 1));
    [drawn[place.boxLetters], drawn[place.boxMarks]] = charactersOf(box);
    [drawn[place.mailLetters], drawn[place.mailMarks]] = charactersOf(mail);
    drawn[place.boxLength] = box.length;
  }

  private wordsOf(part: readonly string[]): number[] {
    const numbers = part.map((word) => this.words.numberOf(word));
    return part.length > 1 ? [...numbers, this.words.numberOf(part.join(''))] : numbers;
  }

  private wordOf(word: string | undefined): number {
    return word === undefined ? 0 : this.words.numberOf(word);
  }
}

/** Of whom more is known, or less, than a sketch can hold. */
function isOdd({ name, misdate, emails, phones, devices, nationalId }: Profile): boolean {
  if (!name || name.given.length === 0 || name.given.length >= wordsOfPart || name.family.length >= wordsOfPart)
    return true;
  if (name.generation !== undefined || misdate !== undefined || nationalId !== undefined) return true;
  if (devices.length > 0 || emails.length > 1 || phones.length > 1) return true;
  return phones.some((phone) => !/^\+\d{10,16}$/.test(phone)) || emails.some((mail) => !mail.includes('@'));
}

/** Which letters a text has, and which other characters, as bits; some share one. */
function charactersOf(text: string): [letters: number, marks: number] {
  let [letters, marks] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 97 && code <= 122) letters |= 1 << code;
    else marks |= 1 << code;
  }
  return [letters, marks];
}

/** 32 bits of a text, never 0 (FNV-1a). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash === 0 ? 1 : hash;
}
