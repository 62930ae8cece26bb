import type { Actor } from '../access/actor.js';
import { floorRoles, type Role } from '../access/role.js';
import { isDiscreet, keepsItsContent, mayReadContent } from '../enrichment/departments.rules.js';
import type { Facts, StepName } from '../enrichment/step.js';
import type { Line } from '../enrichment/worth-saying.rules.js';
import { unsaid, type Unsaid } from '../shared/catalogue/sentences.js';
import { presentStates, type VisitState } from '../visit/visit.words.js';
import type { ConfigurationRow } from './configuration.row.js';
import { forbiddenUses, type Use } from './consent.rules.js';
import type { AlikeRow, ContextRow, TogetherRow } from './context.row.js';

/** How much of a visitor may be shown: that somebody is here, what she shows of herself, all of her. */
export type Level = 'ANONYMOUS' | 'CLAIMED' | 'CONFIRMED';

/** What was left out, and why. */
export interface Omission {
  readonly field: string;
  readonly reason: Unsaid;
}

/** What one reader may read of one visitor, before it is written for her. */
export interface Permitted {
  readonly level: Level;
  readonly profile: Facts['profile'];
  readonly headline: readonly Line[];
  readonly configurations: readonly ConfigurationRow[];
  readonly activity: Facts['activity']['lines'];
  readonly ownedProducts: Facts['owned-products']['products'];
  readonly purchases: Facts['purchases']['purchases'];
  readonly interests: Facts['configuration-interest']['models'];
  readonly openIssues: Facts['open-matters']['matters'];
  readonly possibleMatches: readonly AlikeRow[];
  readonly shopsWith: readonly TogetherRow[];
  readonly withheld: readonly Omission[];
}

const mostSentences = 3;

/**
 * Whether this reader sees any context of a visit: only of people present in her own store, of whom it is not disputed who they are.
 * @param state of the visit as its reader finds it; one left open overnight is over.
 */
export function mayReadContext(actor: Pick<Actor, 'roles' | 'storeIds'>, row: ContextRow, state: VisitState): boolean {
  if (!actor.storeIds.includes(row.storeId) || !actor.roles.some((role) => floorRoles.includes(role))) return false;
  if (!presentStates.includes(state) || !presentStates.includes(row.state)) return false;
  return row.status !== 'DISPUTED';
}

/** What this reader may read, by recognition, consent and role; everything else is left out with a reason. */
export function permitted(actor: Pick<Actor, 'roles'>, row: ContextRow): Permitted {
  const facts = factsOf(row);
  const forbidden = forbiddenUses(row.consents ?? []);
  const level = levelOf(row, forbidden);
  const lines = facts['worth-saying']?.lines ?? [];
  if (level === 'ANONYMOUS') return { ...nothing, level, configurations: shownHere(row), withheld: notKnown(row) };
  if (level === 'CLAIMED') {
    return {
      ...nothing,
      level,
      profile: firstNameOnly(facts.profile ?? {}),
      headline: lines.filter(({ about }) => about === 'appointment'),
      configurations: shownHere(row),
      withheld: notConfirmed(forbidden),
    };
  }
  const withheld: Omission[] = [];
  return {
    level,
    profile: facts.profile ?? {},
    headline: headline(row, facts, forbidden, withheld),
    configurations: row.configurations ?? [],
    activity: activity(actor.roles, facts, forbidden, withheld),
    ownedProducts: ownedProducts(actor.roles, facts, withheld),
    purchases: ofReader('purchases', actor.roles, facts.purchases?.purchases ?? [], withheld),
    interests: interests(row, facts, forbidden, withheld),
    openIssues: openIssues(actor.roles, facts),
    possibleMatches: row.alike ?? [],
    shopsWith: (row.together ?? []).filter(({ consents }) => !forbiddenUses(consents ?? []).has('recognition')),
    withheld: [...withheld, ...openMatters(actor.roles, facts)],
  };
}

const nothing = {
  profile: {},
  headline: [],
  configurations: [],
  activity: [],
  ownedProducts: [],
  purchases: [],
  interests: [],
  openIssues: [],
  possibleMatches: [],
  shopsWith: [],
  withheld: [],
} satisfies Omit<Permitted, 'level'>;

/** Facts by step; of a failed step, what it found before. */
function factsOf(row: ContextRow): Partial<Facts> {
  const facts: Partial<Record<StepName, unknown>> = {};
  for (const [step, , , , payload] of row.facts ?? []) if (payload !== null) facts[step] = payload;
  return facts as Partial<Facts>;
}

function levelOf({ status, recognisedRecordId }: ContextRow, forbidden: ReadonlyMap<Use, string>): Level {
  if (status !== 'CLAIMED' && status !== 'CONFIRMED') return 'ANONYMOUS';
  if (recognisedRecordId === null) return 'ANONYMOUS';
  return status === 'CONFIRMED' && !forbidden.has('recognition') ? 'CONFIRMED' : 'CLAIMED';
}

/** What was shown in the store itself: the configuration she brought, and those changed during this visit. */
function shownHere({ configurations, configurationId, recordId }: ContextRow): ConfigurationRow[] {
  return (configurations ?? []).filter((one) => one.id === configurationId || one.recordId === recordId);
}

function firstNameOnly({ givenName, displayName }: Facts['profile']): Facts['profile'] {
  if (givenName) return { displayName: givenName };
  const [first = ''] = displayName?.value.split(/\s+/) ?? [];
  return displayName ? { displayName: { ...displayName, value: first } } : {};
}

function headline(
  { purpose }: ContextRow,
  facts: Partial<Facts>,
  forbidden: ReadonlyMap<Use, string>,
  withheld: Omission[],
): Line[] {
  const complains = isUpset(purpose, facts);
  const consent = forbidden.get('personalisation');
  const said: Line[] = [];
  const upset = purpose === 'COMPLAINT';
  let unwanted = false;
  let unsold = false;
  for (const line of facts['worth-saying']?.lines ?? []) {
    const personal = line.about === 'sales' || line.about === 'relation';
    if (personal && consent !== undefined) unwanted = true;
    else if ((line.about === 'sales' && complains) || (personal && upset)) unsold = true;
    else if (said.length < mostSentences) said.push(line);
  }
  if (unwanted) withheld.push({ field: 'headline', reason: unsaid('withheld.consent', { purpose: consent ?? '' }) });
  if (unsold || complains) withheld.push({ field: 'headline', reason: unsaid('withheld.complaint', {}) });
  return said;
}

/** She complains, here or with a department: nobody sells her anything. */
function isUpset(purpose: ContextRow['purpose'], facts: Partial<Facts>): boolean {
  return purpose === 'COMPLAINT' || (facts['open-matters']?.matters.some(({ complaint }) => complaint) ?? false);
}

/** What she is building and how warm: a conclusion about her, and one for selling. */
function interests(
  { purpose }: ContextRow,
  facts: Partial<Facts>,
  forbidden: ReadonlyMap<Use, string>,
  withheld: Omission[],
): Facts['configuration-interest']['models'] {
  const models = facts['configuration-interest']?.models ?? [];
  const consent = forbidden.get('personalisation');
  if (models.length === 0 || (consent === undefined && !isUpset(purpose, facts))) return models;
  const reason =
    consent === undefined ? unsaid('withheld.complaint', {}) : unsaid('withheld.consent', { purpose: consent });
  withheld.push({ field: 'interests', reason });
  return [];
}

const online = new Set(['web', 'app']);

function activity(
  readerRoles: readonly Role[],
  facts: Partial<Facts>,
  forbidden: ReadonlyMap<Use, string>,
  withheld: Omission[],
): Facts['activity']['lines'] {
  const lines = ofReader('activity', readerRoles, facts.activity?.lines ?? [], withheld);
  const purpose = forbidden.get('onlineActivity');
  if (purpose === undefined) return lines;
  withheld.push({ field: 'activity', reason: unsaid('withheld.consent', { purpose }) });
  return lines.filter(({ channel }) => !online.has(channel));
}

/** Lines of departments that keep their content to themselves go, with one note a department. */
function ofReader<T extends { readonly department: string }>(
  field: string,
  readerRoles: readonly Role[],
  lines: readonly T[],
  withheld: Omission[],
): readonly T[] {
  const hidden = new Set<string>();
  for (const { department } of lines) if (!mayReadContent(readerRoles, department)) hidden.add(department);
  if (hidden.size === 0) return lines;
  note(field, hidden, withheld);
  return lines.filter(({ department }) => !hidden.has(department));
}

/** One note a department whose content was left out of a field. */
function note(field: string, departments: ReadonlySet<string>, withheld: Omission[]): void {
  for (const department of departments) withheld.push({ field, reason: unsaid('withheld.department', { department }) });
}

/** What she has: what finance has with her goes as a whole, of what service has its detail. */
function ownedProducts(
  readerRoles: readonly Role[],
  facts: Partial<Facts>,
  withheld: Omission[],
): Facts['owned-products']['products'] {
  const hidden = new Set<string>();
  const shown = (facts['owned-products']?.products ?? []).flatMap((product) => {
    const { department, detail } = product;
    if (mayReadContent(readerRoles, department)) return [product];
    if (isDiscreet(department) || detail !== null) hidden.add(department);
    return isDiscreet(department) ? [] : [{ ...product, detail: null }];
  });
  note('ownedProducts', hidden, withheld);
  return shown;
}

/** What is open with departments of which this reader may hear more than that; all else is withheld. */
function openIssues(readerRoles: readonly Role[], facts: Partial<Facts>): Facts['open-matters']['matters'] {
  return (facts['open-matters']?.matters ?? []).filter(({ department }) => mayReadContent(readerRoles, department));
}

/** That a matter is open, and whom to ask; never what it is about. */
function openMatters(readerRoles: readonly Role[], facts: Partial<Facts>): Omission[] {
  const departments = new Set(facts['open-matters']?.matters.map(({ department }) => department));
  return [...departments]
    .filter((department) => keepsItsContent(department) && !mayReadContent(readerRoles, department))
    .map((department) => ({ field: 'openMatter', reason: unsaid('withheld.open-matter', { department }) }));
}

const personal = ['customer', 'headline', 'configurations', 'activity', 'ownedProducts', 'purchases', 'interests'];

function notKnown({ status }: ContextRow): Omission[] {
  const reason = status === 'ANONYMOUS' ? unsaid('withheld.anonymous', {}) : unsaid('withheld.choose', {});
  return [{ field: 'customer', reason }];
}

function notConfirmed(forbidden: ReadonlyMap<Use, string>): Omission[] {
  const purpose = forbidden.get('recognition');
  const reason =
    purpose === undefined ? unsaid('withheld.until-confirmed', {}) : unsaid('withheld.consent', { purpose });
  return personal.map((field) => ({ field, reason }));
}
