/** What changes the weight of a level: a name that many bear, another town, mail boxes called after their owners. */
export type Circumstance = 'common' | 'elsewhere' | 'derived' | 'apart';

/** One comparison and what it says, in bits. */
export interface Evidence {
  field: string;
  level: string;
  weight: number;
  /** Whether only one person has it, or a household may share it. */
  group: 'personal' | 'household';
  /** What changes the weight; the row of the level table is field, level and this. */
  under?: Circumstance;
  /** The equal values it rests on (`valueId`); it says nothing once all of them are generic. */
  values?: string[];
}
