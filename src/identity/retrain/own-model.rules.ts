import { type Model, model as shipped } from '../evidence/model.js';
import { estimated } from './estimate.rules.js';

/** The weights that an own version estimates, as an earlier release may have kept them: fields and levels that came later are missing. */
export type Weights = { readonly [Field in (typeof estimated)[number]]?: Partial<Model[Field]> };

/** The shipped model with the weights of an own version; what the version does not know weighs as shipped. */
export function modelWith(weights: Weights, version: number, base: Model = shipped): Model {
  const fields = estimated.map((field) => [field, { ...base[field], ...weights[field] }] as const);
  return Object.freeze({ ...base, ...Object.fromEntries(fields), version });
}
