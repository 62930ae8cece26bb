import type { Role } from '../access/role.js';
import type { Line } from '../enrichment/worth-saying.rules.js';
import { unsaid } from '../shared/catalogue/sentences.js';
import type { RecognitionStatus, VisitState } from '../visit/visit.words.js';
import type { ConfigurationRow } from './configuration.row.js';
import { mayReadContext, permitted } from './context.rules.js';
import type { ConsentRow, ContextRow, FactRow } from './context.row.js';

const configuration = (id: string, recordId: string): ConfigurationRow => ({
  id,
  recordId,
  code: id,
  model: 'estate',
  modelLabel: null,
  options: [],
  abandoned: [],
  total: { amountMinor: 1, currency: 'EUR' },
  imageUrl: null,
  url: null,
  revision: 1,
  startedAt: '2026-03-01T00:00:00Z',
  lastEditedAt: '2026-03-01T00:00:00Z',
  seen: null,
});

const at = '2026-03-01T00:00:00Z';
const sourced = (value: string): { value: string; source: string; department: string; asOf: string } => ({
  value,
  source: 'Web shop',
  department: 'online',
  asOf: at,
});
const line = (about: Line['about'], id: string = about): Line => ({
  id,
  about,
  say: unsaid('headline.quote', { model: 'X' }),
  because: [],
});
const activity = (department: string, channel = 'web'): object => ({
  ...{ id: department, kind: 'page', channel, department, occurredAt: at },
  say: unsaid('activity.browsed', {}),
});
const fact = (step: string, payload: unknown): FactRow => [step, 'READY', true, 0, payload] as unknown as FactRow;

const facts = [
  fact('profile', { displayName: sourced('Ada Berg'), language: sourced('de') }),
  fact('worth-saying', {
    lines: [line('appointment'), line('matter'), line('sales'), line('relation'), line('sales', 'second')],
  }),
  fact('activity', {
    lines: [activity('online'), activity('finance', 'mail'), activity('service', 'phone'), activity('sales', 'store')],
  }),
  fact('purchases', {
    purchases: [
      { id: 'p', department: 'finance' },
      { id: 'q', department: 'online' },
    ],
  }),
  fact('owned-products', { products: [{ id: 'o', department: 'online', detail: 'Automatic' }] }),
  fact('configuration-interest', { models: [{ model: 'estate', warmth: 'HOT' }] }),
  fact('open-matters', { matters: [{ id: 'm', department: 'finance', openedAt: at, complaint: false }] }),
];

const row = (part: Partial<ContextRow> = {}): ContextRow => ({
  visitId: 'v',
  version: 1,
  state: 'SERVING',
  status: 'CONFIRMED',
  purpose: null,
  storeId: 'berlin',
  timeZone: 'Europe/Berlin',
  alike: null,
  together: null,
  recordId: 'own',
  recognisedRecordId: 'hers',
  configurationId: 'shown',
  calledName: null,
  customerId: 'c',
  homeStore: null,
  ownAssociate: null,
  facts,
  consents: null,
  configurations: [configuration('shown', 'hers'), configuration('other', 'hers'), configuration('made-here', 'own')],
  ...part,
});

const reader = (...roles: Role[]): { roles: Role[]; storeIds: string[] } => ({ roles, storeIds: ['berlin'] });
const associate = reader('ASSOCIATE');
const ids = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);

describe('whether a reader sees any context', () => {
  it.each<[VisitState, boolean]>([
    ['EXPECTED', false],
    ['WAITING', true],
    ['SERVING', true],
    ['AWAY', true],
    ['COMPLETED', false],
    ['NO_SHOW', false],
    ['CANCELLED', false],
  ])('of a visit that is %s: %s', (state, may) => {
    expect(mayReadContext(associate, row({ state }), state)).toBe(may);
    expect(mayReadContext(associate, row({ state: 'SERVING' }), state)).toBe(may);
    expect(mayReadContext(associate, row({ state }), 'SERVING')).toBe(may);
  });

  it('depends on store, role, and that it is not disputed who she is', () => {
    expect(mayReadContext({ ...associate, storeIds: ['munich'] }, row(), 'SERVING')).toBe(false);
    expect(mayReadContext(associate, row({ status: 'DISPUTED' }), 'SERVING')).toBe(false);
    const may = (role: Role): boolean => mayReadContext(reader(role), row(), 'SERVING');
    expect(['ASSOCIATE', 'STORE_MANAGER', 'SERVICE', 'FINANCE'].every((role) => may(role as Role))).toBe(true);
    expect(['MARKETING', 'ANALYST', 'PRIVACY_OFFICER', 'ADMIN'].some((role) => may(role as Role))).toBe(false);
    expect(mayReadContext(reader(), row(), 'SERVING')).toBe(false);
  });
});

describe('what recognition permits', () => {
  it('is everything of a confirmed customer', () => {
    const { level, profile, configurations, ownedProducts } = permitted(associate, row());
    expect({ level, name: profile.displayName?.value }).toEqual({ level: 'CONFIRMED', name: 'Ada Berg' });
    expect(ids(configurations)).toEqual(['shown', 'other', 'made-here']);
    expect(ownedProducts).toHaveLength(1);
  });

  it('is the first name, the appointment and what is shown in the store, of a claimed one', () => {
    const allowed = permitted(associate, row({ status: 'CLAIMED' }));
    expect(allowed.profile).toEqual({ displayName: sourced('Ada') });
    expect(ids(allowed.headline)).toEqual(['appointment']);
    expect(ids(allowed.configurations)).toEqual(['shown', 'made-here']);
    expect(allowed).toMatchObject({ activity: [], purchases: [], ownedProducts: [] });
    expect(allowed.withheld.map(({ reason }) => reason.key)).toContain('withheld.until-confirmed');
  });

  it.each<[RecognitionStatus, string | null, string]>([
    ['ANONYMOUS', null, 'withheld.anonymous'],
    ['CLAIMED', null, 'withheld.choose'],
  ])('is no person for %s without a record', (status, recognisedRecordId, why) => {
    const allowed = permitted(associate, row({ status, recognisedRecordId }));
    expect(allowed).toMatchObject({
      level: 'ANONYMOUS',
      profile: {},
      headline: [],
      activity: [],
      purchases: [],
      ownedProducts: [],
    });
    expect(allowed.withheld.map(({ reason }) => reason.key)).toEqual([why]);
  });
});

describe('what role and department permit', () => {
  it('keeps the content of service and finance from an associate, and says whom to ask', () => {
    const { activity: lines, purchases, withheld } = permitted(associate, row());
    expect(ids(lines)).toEqual(['online', 'sales']);
    expect(ids(purchases)).toEqual(['q']);
    expect(withheld.map(({ field, reason }) => [field, reason.key])).toEqual([
      ['activity', 'withheld.department'],
      ['activity', 'withheld.department'],
      ['purchases', 'withheld.department'],
      ['openMatter', 'withheld.open-matter'],
    ]);
  });

  it('lets a department read its own', () => {
    expect(ids(permitted(reader('FINANCE'), row()).activity)).toEqual(['online', 'finance', 'sales']);
    expect(ids(permitted(reader('SERVICE'), row()).activity)).toEqual(['online', 'service', 'sales']);
    expect(permitted(reader('FINANCE'), row()).withheld.map(({ field }) => field)).toEqual(['activity']);
  });

  it('tells what is open of departments whose content the reader may read, and of no other', () => {
    const matters = ['finance', 'service', 'sales'].map((department) => ({ id: department, department, openedAt: at }));
    const open = (role: Role, status: RecognitionStatus = 'CONFIRMED'): string[] =>
      ids(permitted(reader(role), row({ status, facts: [fact('open-matters', { matters })] })).openIssues);
    expect(open('ASSOCIATE')).toEqual(['sales']);
    expect(open('SERVICE')).toEqual(['service', 'sales']);
    expect(open('FINANCE')).toEqual(['finance', 'sales']);
    expect(open('FINANCE', 'CLAIMED')).toEqual([]);
  });
});

describe('what she has', () => {
  const products = ['online', 'service', 'finance'].map((department) => ({ id: department, department, detail: 'D' }));
  const read = (role: Role): ReturnType<typeof permitted> =>
    permitted(reader(role), row({ facts: [fact('owned-products', { products })] }));
  const shown = (role: Role): [string, string | null][] =>
    read(role).ownedProducts.map(({ id, detail }) => [id, detail]);

  it('is shown without what service wrote beside it, and without what finance has with her', () => {
    expect(shown('ASSOCIATE')).toEqual([
      ['online', 'D'],
      ['service', null],
    ]);
    expect(read('ASSOCIATE').withheld).toEqual(
      ['service', 'finance'].map((department) => ({
        field: 'ownedProducts',
        reason: unsaid('withheld.department', { department }),
      })),
    );
  });

  it('is whole for the department whose it is', () => {
    expect(shown('SERVICE')).toContainEqual(['service', 'D']);
    expect(shown('FINANCE')).toEqual([
      ['online', 'D'],
      ['service', null],
      ['finance', 'D'],
    ]);
  });
});

describe('what is said aloud', () => {
  it('is three sentences at most, and nothing to sell while she complains', () => {
    expect(ids(permitted(associate, row()).headline)).toEqual(['appointment', 'matter', 'sales']);
    const here = permitted(associate, row({ purpose: 'COMPLAINT' }));
    expect(ids(here.headline)).toEqual(['appointment', 'matter']);
    expect(here.withheld.map(({ reason }) => reason.key)).toContain('withheld.complaint');
    const matters = fact('open-matters', {
      matters: [{ id: 'm', department: 'service', openedAt: at, complaint: true }],
    });
    expect(ids(permitted(associate, row({ facts: [...facts.slice(0, -1), matters] })).headline)).not.toContain('sales');
  });
});

describe('what consent permits', () => {
  const consent = (purpose: string, granted: boolean, when = 1, channel = 'any'): ConsentRow => [
    purpose,
    channel,
    granted,
    when,
  ];
  const with_ = (...consents: ConsentRow[]): ReturnType<typeof permitted> => permitted(associate, row({ consents }));

  it('takes back conclusions and online activity when personalisation is refused', () => {
    const allowed = with_(consent('Personalisation', false));
    expect(ids(allowed.headline)).toEqual(['appointment', 'matter']);
    expect(ids(allowed.activity)).toEqual(['sales']);
    expect(allowed.purchases).not.toHaveLength(0);
  });

  it('takes back what she is building and how warm, as selling to somebody who complains does', () => {
    const models = (part: Partial<ContextRow>): unknown[] => {
      const { interests, withheld } = permitted(associate, row(part));
      const why = withheld.find(({ field }) => field === 'interests')?.reason.key;
      return [interests.map(({ model }) => model), why];
    };
    expect(models({})).toEqual([['estate'], undefined]);
    expect(models({ consents: [consent('profiling', false)] })).toEqual([[], 'withheld.consent']);
    expect(models({ purpose: 'COMPLAINT' })).toEqual([[], 'withheld.complaint']);
    expect(models({ status: 'CLAIMED' })).toEqual([[], 'withheld.until-confirmed']);
  });

  it('takes back only the online activity when analytics is refused', () => {
    const allowed = with_(consent('analytics', false));
    expect(ids(allowed.headline)).toContain('sales');
    expect(ids(allowed.activity)).toEqual(['sales']);
  });

  it('treats her as claimed when she does not want to be recognised in stores', () => {
    const allowed = with_(consent('recognition', false));
    expect(allowed).toMatchObject({ level: 'CLAIMED', purchases: [] });
    expect(allowed.withheld[0]?.reason).toEqual(unsaid('withheld.consent', { purpose: 'recognition' }));
  });

  it('goes by the last word, by the no of two at once, and by what concerns stores', () => {
    expect(ids(with_(consent('profiling', false, 1), consent('profiling', true, 2)).headline)).toContain('sales');
    expect(ids(with_(consent('profiling', true, 1), consent('profiling', false, 2)).headline)).not.toContain('sales');
    expect(ids(with_(consent('profiling', true, 2), consent('profiling', false, 2)).headline)).not.toContain('sales');
    expect(ids(with_(consent('profiling', false, 2, 'email')).headline)).toContain('sales');
    expect(with_(consent('marketing', false)).withheld).toEqual(permitted(associate, row()).withheld);
  });
});
