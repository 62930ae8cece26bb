import type { Profile } from './profile.rules.js';

const names = new WeakMap<Profile, string>();

/** Exchanged names read otherwise from either side, so the sides are compared in the order of their names. */
export function inOrder(one: Profile, other: Profile): [Profile, Profile] {
  return nameOf(one) <= nameOf(other) ? [one, other] : [other, one];
}

function nameOf(profile: Profile): string {
  const known = names.get(profile);
  if (known !== undefined) return known;
  const { name } = profile;
  const text = name ? `${name.given.join(' ')}|${name.family.join(' ')}` : '';
  names.set(profile, text);
  return text;
}
