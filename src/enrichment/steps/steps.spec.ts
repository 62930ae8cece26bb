import { days, hours, minutes } from '../../shared/clock.js';
import { computeFacts } from '../compute.rules.js';
import type { ConfigurationInput, CustomerInput, RecordInput, TimelineEntry } from '../step-input.js';
import type { Facts } from '../step.js';
import { steps } from '../steps.js';

const now = new Date('2026-03-10T11:00:00Z');
const ago = (milliseconds: number): string => new Date(now.getTime() - milliseconds).toISOString();
const eur = (amountMinor: number): { amountMinor: number; currency: string } => ({ amountMinor, currency: 'EUR' });

const nobody: CustomerInput = {
  id: 'c',
  createdAt: ago(days(1)),
  records: [],
  timeline: [],
  configurations: [],
  purchases: [],
  owned: [],
  matters: [],
  visits: [],
};

function factsOf(customer: Partial<CustomerInput>): Facts {
  const computed = computeFacts(steps, { ...nobody, ...customer }, now);
  expect(computed.filter(({ state }) => state === 'FAILED')).toEqual([]);
  return Object.fromEntries(
    computed.map((one) => [one.step, 'payload' in one ? one.payload : null]),
  ) as unknown as Facts;
}

const record = (id: string, part: Partial<RecordInput> & { name?: string } = {}): RecordInput => ({
  id,
  source: { code: id, name: part.name ?? id, department: 'sales' },
  trusted: false,
  traits: {},
  traitsAt: {},
  loyaltyId: null,
  firstSeenAt: ago(days(10)),
  lastSeenAt: ago(days(1)),
  ...part,
});

let ids = 0;
const entry = (at: number, kind: string, part: Partial<TimelineEntry> = {}): TimelineEntry => ({
  id: `e${(ids += 1)}`,
  at: ago(at),
  kind,
  channel: 'web',
  department: 'online',
  session: null,
  params: {},
  ...part,
});

const option = (code: string): { group: string; code: string; label: string } => ({
  group: 'extras',
  code,
  label: `the ${code}`,
});
const estate = (part: Partial<ConfigurationInput> = {}): ConfigurationInput => ({
  id: 'k1',
  model: 'estate',
  modelLabel: 'Estate',
  options: [option('roof'), option('tow bar'), option('heating')],
  abandoned: [],
  total: eur(4_000_000),
  saved: true,
  startedAt: ago(days(3)),
  lastEditedAt: ago(days(2)),
  seen: null,
  ...part,
});

describe('profile', () => {
  it('prefers what a trusted source says, then what was said last, and says where it comes from', () => {
    const { profile } = factsOf({
      records: [
        record('web', { traits: { givenName: 'Addie', language: 'en' }, traitsAt: { language: ago(days(1)) } }),
        record('app', { traits: { language: 'de' }, traitsAt: { language: ago(hours(1)) } }),
        record('crm', {
          name: 'Customer file',
          trusted: true,
          traits: { givenName: 'Ada', familyName: 'Berg' },
          loyaltyId: 'L-1',
        }),
      ],
    });
    expect(profile.displayName).toMatchObject({ value: 'Ada Berg', source: 'Customer file' });
    expect(profile.language).toMatchObject({ value: 'de', source: 'app' });
    expect(profile.loyaltyId?.value).toBe('L-1');
    expect(profile.loyaltyTier).toBeUndefined();
  });

  it('knows since when by the first sign of business, and who has usually served her', () => {
    const visit = (associate: string, at: number): CustomerInput['visits'][number] => ({
      id: `${at}`,
      storeId: 's',
      endedAt: ago(at),
      associate,
    });
    const { profile } = factsOf({
      records: [
        record('web', { firstSeenAt: ago(days(900)) }),
        record('crm', { trusted: true, firstSeenAt: ago(days(300)) }),
      ],
      purchases: [
        {
          id: 'p',
          label: 'Mat',
          orderedAt: ago(days(400)),
          total: null,
          channel: 'store',
          department: 'sales',
          state: 'COMPLETED',
        },
      ],
      visits: [visit('mia', days(1)), visit('sven', days(2)), visit('sven', days(3))],
    });
    expect(profile.since?.value).toBe(ago(days(400)));
    expect(profile.ownAssociate).toMatchObject({ value: 'sven', department: 'store' });
  });
});

describe('activity', () => {
  it('is one line a session, the most telling, newest first', () => {
    const session = { session: 's1' };
    const { activity } = factsOf({
      timeline: [
        entry(minutes(5), 'contact', { channel: 'phone', department: 'service', params: { topic: 'Delivery' } }),
        entry(minutes(60), 'page', session),
        entry(minutes(61), 'configuration.saved', { ...session, params: { modelLabel: 'Estate' } }),
        entry(minutes(62), 'option.selected', { ...session, params: { modelLabel: 'Estate' } }),
        entry(minutes(200), 'product.viewed', { params: { label: 'Roof box' } }),
        entry(minutes(210), 'product.viewed', { params: { label: 'Mat' } }),
        entry(minutes(300), 'page'),
        entry(minutes(400), 'consent'),
      ],
    });
    expect(activity.lines.map(({ say }) => say)).toEqual([
      { key: 'activity.contacted', params: { channel: 'phone', topic: 'Delivery' } },
      { key: 'activity.configured', params: { model: 'Estate', saved: true } },
      { key: 'activity.viewed', params: { labels: ['Roof box', 'Mat'] } },
      { key: 'activity.browsed', params: {} },
    ]);
    expect(activity.lines[1]?.occurredAt).toBe(ago(minutes(60)));
  });

  it('keeps orders apart from the browsing around them unless the source says they are one session', () => {
    const { activity } = factsOf({
      timeline: [entry(1, 'page'), entry(2, 'order.completed', { params: { label: 'Mat' } }), entry(3, 'page')],
    });
    expect(activity.lines.map(({ kind }) => kind)).toEqual(['page', 'order.completed']);
  });
});

describe('configuration-interest', () => {
  it('tells model, warmth, price range and when last touched', () => {
    const facts = factsOf({
      configurations: [
        estate({ id: 'a', total: eur(4_200_000) }),
        estate({ id: 'b', total: eur(3_900_000), lastEditedAt: ago(days(5)) }),
        estate({ id: 'c', model: 'city', modelLabel: null, saved: false, lastEditedAt: ago(days(100)) }),
      ],
    });
    expect(facts['configuration-interest'].models).toEqual([
      expect.objectContaining({
        label: 'Estate',
        warmth: 'HOT',
        low: 3_900_000,
        high: 4_200_000,
        configurations: 2,
        lastTouchedAt: ago(days(2)),
      }),
      expect.objectContaining({ label: 'city', warmth: 'COOL' }),
    ]);
  });
});

describe('worth-saying', () => {
  const keysOf = (customer: Partial<CustomerInput>): string[] =>
    factsOf(customer)['worth-saying'].lines.map(({ say }) => say.key);

  it('keeps quiet about money she owes, whatever finance has open', () => {
    const matters = [{ id: 'm', department: 'finance', openedAt: ago(days(2)), complaint: false }];
    expect(keysOf({ matters })).toEqual([]);
  });

  it('says nothing of somebody of whom nothing is known', () => expect(keysOf({})).toEqual([]));

  it('tells that the price came down only when the options are the same and the currency is', () => {
    const seen = { optionCodes: ['roof', 'tow bar', 'heating'], total: eur(4_040_000), at: ago(days(20)) };
    expect(keysOf({ configurations: [estate({ seen })] })).toEqual(['headline.built-price-down']);
    expect(keysOf({ configurations: [estate({ seen: { ...seen, total: eur(3_000_000) } })] })).toEqual([
      'headline.price-up',
    ]);
    expect(keysOf({ configurations: [estate({ seen: { ...seen, optionCodes: ['roof'] } })] })).toEqual([
      'headline.rebuilt-for-less',
    ]);
    const pounds = { ...seen, total: { amountMinor: 5_000_000, currency: 'GBP' } };
    expect(keysOf({ configurations: [estate({ seen: pounds })] })).toEqual(['headline.built']);
  });

  it('mentions an option that was taken back, not one that came back or was long ago', () => {
    expect(keysOf({ configurations: [estate({ abandoned: [option('sofa')] })] })).toContain('headline.taken-back');
    expect(keysOf({ configurations: [estate({ abandoned: [option('roof')] })] })).not.toContain('headline.taken-back');
    const seen = { at: ago(days(9)), total: eur(4_000_000), optionCodes: ['sofa'] };
    const rebuilt = keysOf({ configurations: [estate({ abandoned: [option('sofa')], seen })] });
    expect(rebuilt).not.toContain('headline.taken-back');
    const old = estate({ abandoned: [option('sofa')], lastEditedAt: ago(days(61)) });
    expect(keysOf({ configurations: [old] })).toEqual([]);
  });

  it('puts appointment and open matters before anything to sell', () => {
    const at = new Date(now.getTime() + hours(2)).toISOString();
    expect(
      keysOf({
        configurations: [estate()],
        timeline: [
          entry(days(1), 'appointment.booked', { params: { at } }),
          entry(days(2), 'configuration.quoted', { params: { modelLabel: 'Estate' } }),
        ],
        matters: [
          { id: 'm1', department: 'service', openedAt: ago(days(2)), complaint: false },
          { id: 'm2', department: 'service', openedAt: ago(days(3)), complaint: true },
        ],
      }),
    ).toEqual(['headline.appointment', 'headline.open-matter', 'headline.quote', 'headline.built']);
  });

  it('forgets an appointment of another day, and one whose time nobody can read', () => {
    const booked = (at: string): TimelineEntry => entry(days(1), 'appointment.booked', { params: { at } });
    expect(
      keysOf({
        timeline: [booked(ago(days(1))), booked(new Date(now.getTime() + days(1)).toISOString()), booked('soon')],
      }),
    ).toEqual([]);
  });

  it('keeps to itself what was bought of a department that keeps its content', () => {
    const purchase = {
      id: 'p',
      label: 'Brake pads',
      orderedAt: ago(days(5)),
      total: null,
      channel: 'service',
      state: 'COMPLETED',
    };
    expect(keysOf({ purchases: [{ ...purchase, department: 'service' }] })).toEqual([]);
    expect(keysOf({ purchases: [{ ...purchase, department: 'sales' }] })).toEqual(['headline.bought']);
  });

  it('asks how she is with what she has, never with what finance has registered', () => {
    const owned = { id: 'o', label: 'City EV', since: null, until: null, detail: null };
    expect(keysOf({ owned: [{ ...owned, department: 'finance' }] })).toEqual([]);
    expect(keysOf({ owned: [{ ...owned, department: 'service' }] })).toEqual(['headline.owns']);
  });

  it('thanks for long loyalty, and never says more than its settings allow', () => {
    const loyal = record('club', { trusted: true, loyaltyId: 'L-1', firstSeenAt: ago(days(800)) });
    expect(keysOf({ records: [loyal] })).toEqual(['headline.member-since']);
    expect(keysOf({ records: [record('club', { trusted: true, loyaltyId: 'L-1' })] })).toEqual([]);
  });
});

it('purchases that were cancelled or given back are none, and what she parted with is not hers', () => {
  const purchase = { label: 'Mat', orderedAt: ago(days(5)), total: null, channel: 'web', department: 'online' };
  const owned = { label: 'City', since: null, detail: null, department: 'service' };
  const facts = factsOf({
    purchases: ['COMPLETED', 'REFUNDED', 'CANCELLED', 'PARTLY_REFUNDED'].map((state) => ({
      ...purchase,
      id: state,
      state,
    })),
    owned: [
      { ...owned, id: 'sold', until: ago(days(1)) },
      { ...owned, id: 'hers', until: null },
    ],
  });
  expect(facts.purchases.purchases.map(({ id }) => id)).toEqual(['COMPLETED', 'PARTLY_REFUNDED']);
  expect(facts['owned-products'].products.map(({ id }) => id)).toEqual(['hers']);
});
