/** One comparison and what it says, in bits. */
export interface Evidence {
  field: string;
  level: string;
  weight: number;
  /** Whether only one person has it, or a household may share it. */
  group: 'personal' | 'household';
  /** The equal values it rests on (`valueId`); it says nothing once all of them are generic. */
  values?: string[];
}
