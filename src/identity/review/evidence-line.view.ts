import { Field, Float, ObjectType } from '@nestjs/graphql';
import type { Evidence } from '../evidence/evidence.js';
import { say } from '../../shared/catalogue/say.js';

/** One bar of the waterfall: a comparison, in words, and what it says. */
@ObjectType({ description: 'One comparison, in words, and what it says; the bars of a waterfall.' })
export class EvidenceLine {
  @Field(() => String, { description: 'What was compared: given, family, birth, mail, phone, street …' })
  readonly field!: string;

  @Field(() => String)
  readonly text!: string;

  @Field(() => Float, {
    nullable: true,
    description:
      'In bits: each doubles how much likelier one person is than two; below zero it speaks against. Null for a human word.',
  })
  readonly weight!: number | null;
}

/** Scored evidence in words, what weighs most first. */
export function waterfall(language: string, evidence: readonly Evidence[]): EvidenceLine[] {
  return [...evidence]
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.field < b.field ? -1 : 1))
    .map(({ field, level, weight }) => ({ field, weight, text: say(language, 'evidence.compared', { field, level }) }));
}
