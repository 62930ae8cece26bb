import { alike } from '../evidence/compare-names.rules.js';
import { spoken } from '../evidence/first-name.rules.js';
import { isInNameGroups } from '../normalise/nicknames.js';
import { mayBeAlike } from '../normalise/similarity.rules.js';

/** Words as small numbers, each with what is dear to find out of it anew for every pair. */
export class WordBook {
  private readonly numbers = new Map<string, number>();
  private readonly words: string[] = [];
  private readonly sounds: string[] = [];
  private readonly hasForms: boolean[] = [];

  /** The number of a word, from 1 on. */
  numberOf(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    const number = this.words.length + 1;
    this.numbers.set(word, number);
    this.words.push(word);
    this.sounds.push(spoken(word));
    this.hasForms.push(isInNameGroups(word));
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
    return mayBeAlike(one, other, alike);
  }
}
