import { Field, Float, ObjectType } from '@nestjs/graphql';
import { account } from '../evidence/account.rules.js';
import type { Evidence } from '../evidence/evidence.js';
import { model } from '../evidence/model.js';
import type { Worth } from '../evidence/score.rules.js';
import { say } from '../../shared/catalogue/say.js';

/** One bar of the waterfall: a comparison, in words, and what it says. */
@ObjectType({ description: 'One comparison, in words, and what it says; the bars of a waterfall.' })
export class EvidenceLine {
  @Field(() => String, {
    description:
      'What was compared: given, family, birth, mail, phone, street …; or what was taken off the whole: householdCap, unproven.',
  })
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

/** Scored evidence in words, what weighs most first, then what was taken off the whole: the lines add up to its score. */
export function waterfall(language: string, evidence: readonly Evidence[], worth?: Worth): EvidenceLine[] {
  const { parts, reductions } = account(evidence, model, worth);
  const lines = parts
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.evidence.field < b.evidence.field ? -1 : 1))
    .map(({ evidence: { field, level, under }, weight, isHeldByOthers }) => {
      const text = say(language, 'evidence.compared', { field, level, under, isHeldByOthers });
      return { field, weight, text };
    });
  const taken = reductions.map(({ reduction, weight }) => {
    return { field: reduction, weight, text: say(language, `evidence.${reduction}`, {}) };
  });
  return [...lines, ...taken];
}

/** The same of what two people of one household share, which comes to no score. */
export function sharedLines(language: string, evidence: readonly Evidence[]): EvidenceLine[] {
  return waterfall(language, evidence).filter(({ field }) => evidence.some((one) => one.field === field));
}
