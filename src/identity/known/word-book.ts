import { alike } from '../evidence/compare-names.rules.js';
import { spoken } from '../evidence/first-name.rules.js';
import { isInNameGroups } from '../normalise/nicknames.js';
import { bitsOf } from './bits.js';
import { mayBeAlike } from '../normalise/similarity.rules.js';

/** Words as small numbers, each with what is dear to find out of it anew for every pair. */
export class WordBook {
  private readonly numbers = new Map<string, number>();
  private readonly words: string[] = [];
  private readonly sounds: string[] = [];
  private readonly hasForms: boolean[] = [];
  private readonly letters: number[] = [];

  /** The number of a word, from 1 on. */
  numberOf(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    const number = this.words.length + 1;
    this.numbers.set(word, number);
    this.words.push(word);
    this.sounds.push(spoken(word));
    this.hasForms.push(isInNameGroups(word));
    this.letters.push(lettersOf(word));
    return number;
  }

  /** The word of a number. */
  word(number: number): string {
    return this.words[number - 1] as string;
  }

  /** Whether two words of names may be anything but plainly different by `compareNames`; false is certain. */
  mayBeOneName(a: number, b: number): boolean {
    if (a === b) return true;
    const [one, other] = [this.word(a), this.word(b)];
    if (one.length === 1 || other.length === 1) return one[0] === other[0];
    if (this.sounds[a - 1] === this.sounds[b - 1]) return true;
    if (this.hasForms[a - 1] && this.hasForms[b - 1]) return true;
    if (one[0] === other[0] && (one.startsWith(other) || other.startsWith(one))) return true;
    return !(one[0] !== other[0] && this.haveFewInCommon(a, b)) && mayBeAlike(one, other, alike);
  }

  /** Whether two words have too few letters in common to be alike, as `mayBeAlike` would find out letter by letter. */
  private haveFewInCommon(a: number, b: number): boolean {
    const [one, other] = [this.letters[a - 1] as number, this.letters[b - 1] as number];
    const [la, lb] = [this.word(a).length, this.word(b).length];
    const most = Math.min(la - bitsOf(one & ~other), lb - bitsOf(other & ~one));
    const isWithinEdits = Math.max(la, lb) - most <= alike.edits;
    return (
      !isWithinEdits && 2 * most < alike.letters * (la + lb) && (most / la + most / lb + 1) / 3 < alike.jaroWinkler
    );
  }
}

/** Which letters a word has, as bits. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << word.charCodeAt(at);
  return letters;
}
