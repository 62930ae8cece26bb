import { t } from '../shared/words.js';

/** One thing to choose; prices in whole euros, as the shop's catalogue has them. */
export interface Choice {
  code: string;
  price: number;
}
export interface Group {
  code: string;
  /** Several may be chosen together. */
  several?: boolean;
  choices: readonly Choice[];
}
export interface Car {
  code: string;
  label: string;
  price: number;
}

/** What a choice is called in the reader's language; so it is shown, and so Foyer is told. */
export function labelOf(group: Group, choice: Choice): string {
  return t(`shop.options.${group.code}.${choice.code}`);
}

export const currency = 'EUR';

export const cars: readonly Car[] = [
  { code: 'vik', label: 'Halden Vik', price: 17_900 },
  { code: 'sund', label: 'Halden Sund', price: 24_600 },
  { code: 'fjord', label: 'Halden Fjord', price: 36_400 },
  { code: 'fjell', label: 'Halden Fjell', price: 41_200 },
  { code: 'skar', label: 'Halden Skar', price: 47_800 },
  { code: 'holm', label: 'Halden Holm', price: 39_900 },
];

export const groups: readonly Group[] = [
  {
    code: 'paint',
    choices: [
      { code: 'chalk', price: 0 },
      { code: 'pine', price: 890 },
      { code: 'rowan', price: 890 },
      { code: 'lake', price: 740 },
      { code: 'slate', price: 520 },
    ],
  },
  {
    code: 'wheels',
    choices: [
      { code: 'stone', price: 0 },
      { code: 'vane', price: 1_200 },
    ],
  },
  {
    code: 'roof',
    choices: [
      { code: 'steel', price: 0 },
      { code: 'glass', price: 1_450 },
    ],
  },
  {
    code: 'interior',
    choices: [
      { code: 'oat', price: 0 },
      { code: 'bark', price: 1_980 },
      { code: 'moss', price: 640 },
    ],
  },
  {
    code: 'extras',
    several: true,
    choices: [
      { code: 'towbar', price: 980 },
      { code: 'audio', price: 760 },
      { code: 'winter', price: 590 },
    ],
  },
];

/** What is chosen: codes by group. */
export type Chosen = Readonly<Record<string, readonly string[]>>;

/** The first choice of every group, no extras. */
export const untouched: Chosen = Object.fromEntries(
  groups.map((group) => [group.code, group.several ? [] : [group.choices[0]?.code ?? '']]),
);

/** The chosen options with their groups, in the catalogue's order. */
export function optionsOf(chosen: Chosen): { group: Group; choice: Choice }[] {
  return groups.flatMap((group) =>
    group.choices.filter((choice) => chosen[group.code]?.includes(choice.code)).map((choice) => ({ group, choice })),
  );
}

export function priceOf(car: Car, chosen: Chosen): number {
  let price = car.price;
  for (const { choice } of optionsOf(chosen)) price += choice.price;
  return price;
}

/** Chooses, or takes back, one option. */
export function choose(chosen: Chosen, group: Group, code: string): Chosen {
  const now = chosen[group.code] ?? [];
  if (!group.several) return { ...chosen, [group.code]: [code] };
  return { ...chosen, [group.code]: now.includes(code) ? now.filter((each) => each !== code) : [...now, code] };
}

/** Where the picture of a car with these options lies. */
export function pictureOf(car: Car, chosen: Chosen): string {
  const seen = ['paint', 'wheels', 'roof'].map((group) => chosen[group]?.[0] ?? '');
  const tow = chosen['extras']?.includes('towbar') ? 'tow' : 'plain';
  return `/shop/pictures/${[car.code, ...seen, tow].join('-')}.svg`;
}
