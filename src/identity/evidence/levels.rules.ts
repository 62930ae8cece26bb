import type { Circumstance, Evidence } from './evidence.js';
import type { Model } from './model.js';

/** One row of the level table: what a comparison weighs that came to this level under this circumstance, in bits. */
export interface LevelRow {
  field: string;
  level: string;
  /** Empty for none. */
  under: Circumstance | '';
  weight: number;
}

/** What is known of a compared field, whatever its level. */
interface FieldRow {
  group: Evidence['group'];
  /** Strangers share it by chance, so that beside two names of which one differs more must speak. */
  isBare?: boolean;
  /** Says how names were put together, and of nobody who she is. */
  isRemark?: boolean;
  /** Says nothing for one person when the first names are not plainly one. */
  needsName?: boolean;
  /** Levels that speak for one person even under two first names. */
  decisive?: readonly string[];
}

/** The fields of the level table. */
export const fields: Readonly<Record<string, FieldRow>> = {
  given: { group: 'personal', isBare: true },
  names: { group: 'personal', isBare: true, isRemark: true },
  generation: { group: 'personal', isBare: true },
  birth: { group: 'personal', isBare: true, decisive: ['exact', 'exchanged'] },
  relatives: { group: 'personal', isBare: true },
  nationalId: { group: 'personal', decisive: ['exact'] },
  device: { group: 'personal', needsName: true },
  box: { group: 'personal' },
  family: { group: 'household', isBare: true },
  mail: { group: 'household' },
  phone: { group: 'household' },
  street: { group: 'household' },
  area: { group: 'household' },
};

/** Whether only one person has what a field compares, or a household may share it. */
export function groupOf(field: string): Evidence['group'] {
  const row = fields[field];
  if (!row) throw new Error(`The level table has no field ${field}.`);
  return row.group;
}

/** Levels of the first name at which it may be one person's. */
export const agreeing: readonly string[] = ['exact', 'part', 'petName', 'close', 'initial'];

/** Levels of the first name at which it is two people's. */
export const contradicting: readonly string[] = ['differs', 'hisAndHers'];

/** Weights are whole 64ths of a bit: sums of those are exact in any order, here and in PostgreSQL. */
const grain = 64;

/** The level table of a model: every row that a comparison can come to. TypeScript and SQL both weigh by it. */
export function levelTable(model: Model): LevelRow[] {
  const rows: LevelRow[] = [];
  const add = (field: string, level: string, weight: number, under: LevelRow['under'] = ''): void => {
    rows.push({ field, level, under, weight: Math.round(weight * grain) / grain });
  };
  for (const field of [
    'given',
    'family',
    'birth',
    'nationalId',
    'mail',
    'phone',
    'device',
    'street',
    'area',
    'relatives',
    'box',
  ] as const) {
    for (const [level, weight] of Object.entries(model[field])) add(field, level, weight);
  }
  add('names', 'swapped', -model.swapped);
  add('generation', 'differs', model.generation);
  add('given', 'exact', model.given.exact - model.common.given, 'common');
  add('family', 'exact', model.family.exact - model.common.family, 'common');
  for (const [level, weight] of Object.entries(model.street))
    add('street', level, weight > 0 ? weight / 3 : weight, 'elsewhere');
  add('mail', 'sameBox', model.derivedBox, 'derived');
  for (const [level, weight] of Object.entries(model.mail)) add('mail', level, Math.min(0, weight), 'apart');
  return rows;
}

const weights = new WeakMap<Model, Map<string, number>>();

/** What the level table gives for what was compared. */
export function weightOf(model: Model, field: string, level: string, under: LevelRow['under'] = ''): number {
  let table = weights.get(model);
  if (!table) {
    table = new Map(levelTable(model).map((row) => [`${row.field} ${row.level} ${row.under}`, row.weight]));
    weights.set(model, table);
  }
  const weight = table.get(`${field} ${level} ${under}`);
  if (weight === undefined) throw new Error(`The level table has no row for ${field} ${level} ${under}.`);
  return weight;
}

/** The most that each field can weigh, at each level and at any, under whatever circumstance. */
export interface Mosts {
  readonly at: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly any: Readonly<Record<string, number>>;
}

const mosts = new WeakMap<Model, Mosts>();

/** The most that the level table gives, circumstances left aside. */
export function mostsOf(model: Model): Mosts {
  const known = mosts.get(model);
  if (known) return known;
  const at: Record<string, Record<string, number>> = {};
  const any: Record<string, number> = {};
  for (const { field, level, weight } of levelTable(model)) {
    const levels = (at[field] ??= {});
    levels[level] = Math.max(levels[level] ?? -Infinity, weight);
    any[field] = Math.max(any[field] ?? -Infinity, weight);
  }
  const made = { at, any };
  mosts.set(model, made);
  return made;
}

/** The same comparisons, weighed by another model. */
export function reweighed(evidence: readonly Evidence[], model: Model): Evidence[] {
  return evidence.map((one) => ({ ...one, weight: weightOf(model, one.field, one.level, one.under) }));
}
