import fc from 'fast-check';
import { after, minutes } from '../shared/clock.js';
import type { ChosenOption, ConfigurationEvent, Ownership, Said } from './configuration-event.js';
import { foldConfiguration } from './configuration.rules.js';

const start = new Date('2026-03-01T10:00:00Z');
const eur = (amount: number): { amountMinor: number; currency: string } => ({
  amountMinor: amount * 100,
  currency: 'EUR',
});
const option = (group: string, code: string, price?: number): ChosenOption => ({
  ...{ group, code, label: code },
  price: price === undefined ? null : eur(price),
});
const green = option('paint', 'green', 600);
const towBar = option('extras', 'tow-bar', 900);
const roof = option('extras', 'roof', 1200);
const anonymous: Ownership = { recordId: 'r-anonymous', level: 'anonymous' };

const at = (
  minute: number,
  kind: ConfigurationEvent['kind'],
  said: Said = {},
  owner = anonymous,
): ConfigurationEvent => ({
  ...{ id: `${kind}-${minute}-${JSON.stringify(said)}`, occurredAt: after(start, minutes(minute)), kind, said, owner },
});
const codes = (options: readonly ChosenOption[]): string[] => options.map(({ code }) => code);

describe('what becomes of a configuration', () => {
  const built = [
    at(0, 'started', { model: 'estate', total: eur(39_000), imageUrl: 'https://shop.example/a.png' }),
    at(1, 'selected', { option: green }),
    at(2, 'selected', { option: roof }),
    at(3, 'removed', { option: option('', 'roof') }),
    at(4, 'selected', { option: towBar }),
  ];

  it('is built option by option', () => {
    const folded = foldConfiguration(built);
    expect(folded).toMatchObject({ model: 'estate', revision: 0, total: eur(40_500), startedAt: start });
    expect(codes(folded.options)).toEqual(['green', 'tow-bar']);
    expect(folded.abandoned).toEqual([roof]);
    expect(folded.lastEditedAt).toEqual(after(start, minutes(4)));
  });

  it('gets a revision for each saved state that differs', () => {
    const folded = foldConfiguration([
      ...built,
      at(5, 'saved'),
      at(6, 'saved', { options: [towBar, green], total: eur(40_500) }),
      at(7, 'selected', { option: roof }),
      at(8, 'shared'),
      at(9, 'removed', { option: green }),
    ]);
    expect(folded.revisions.map(({ number, total }) => [number, total])).toEqual([
      [1, eur(40_500)],
      [2, eur(41_700)],
    ]);
    expect(folded).toMatchObject({ revision: 2, total: eur(41_100) });
    expect(codes(folded.abandoned)).toEqual(['green']);
    expect(codes(folded.revisions[1]?.abandoned ?? [])).toEqual([]);
  });

  it('takes back what a snapshot does not hold, and what the site says was taken back', () => {
    const folded = foldConfiguration([
      at(0, 'saved', { model: 'estate', options: [green, roof], total: eur(40_800) }),
      at(1, 'saved', { options: [roof], abandoned: [towBar, roof], total: eur(40_200) }),
    ]);
    expect(codes(folded.options)).toEqual(['roof']);
    expect(codes(folded.abandoned)).toEqual(['green', 'tow-bar']);
    expect(folded.revision).toBe(2);
  });

  it('starts from scratch with another model', () => {
    const folded = foldConfiguration([...built, at(5, 'saved', { model: 'city-ev', options: [], total: eur(29_000) })]);
    expect(folded).toMatchObject({ model: 'city-ev', options: [], abandoned: [], total: eur(29_000) });
  });

  it('never counts an option twice, whether it is chosen again or its price becomes known late', () => {
    const unpriced = option('paint', 'green');
    const saved = at(0, 'saved', { model: 'estate', options: [unpriced], total: eur(39_600) });
    const again = [at(1, 'selected', { option: green }), at(2, 'selected', { option: option('', 'green') })];
    const folded = foldConfiguration([saved, ...again]);
    expect(folded.total).toEqual(eur(39_600));
    expect(folded.options).toEqual([{ ...green, label: 'green' }]);
    expect(foldConfiguration([saved, ...again, at(3, 'removed', { option: green })]).total).toEqual(eur(39_000));
  });

  it('is not rebuilt from its base price when the page is opened anew', () => {
    expect(foldConfiguration([...built, at(9, 'started', { model: 'estate', total: eur(39_000) })]).total).toEqual(
      eur(40_500),
    );
  });

  it('is edited when it changes, not when it is shared', () => {
    expect(foldConfiguration([...built, at(9, 'shared')]).lastEditedAt).toEqual(after(start, minutes(4)));
  });

  it('belongs to the newest assertion, else to the newest claim, else to the anonymous visitor', () => {
    const by = (minute: number, level: Ownership['level'], recordId: string): ConfigurationEvent =>
      at(minute, 'saved', {}, { recordId, level });
    const events = [by(0, 'anonymous', 'a'), by(1, 'claimed', 'b'), by(2, 'claimed', 'c'), by(3, 'anonymous', 'd')];
    expect(foldConfiguration(events).recordId).toBe('c');
    expect(foldConfiguration([...events, by(1, 'asserted', 'ada')]).recordId).toBe('ada');
    expect(foldConfiguration([...events, by(1, 'asserted', 'ada'), by(2, 'asserted', 'bob')]).recordId).toBe('bob');
    expect(foldConfiguration([by(0, 'anonymous', 'a'), by(9, 'visit', 'v')]).recordId).toBe('a');
    expect(foldConfiguration([by(9, 'visit', 'v')]).recordId).toBe('v');
  });

  it('knows no price where none was said', () => {
    expect(foldConfiguration([at(0, 'started', { model: 'estate' })]).total).toEqual({
      amountMinor: 0,
      currency: 'XXX',
    });
  });

  const anyOption = fc.record({
    group: fc.constantFrom('', 'paint', 'extras'),
    code: fc.constantFrom('a', 'b', 'c', 'd'),
    label: fc.constantFrom('A', 'B'),
    price: fc.option(fc.record({ amountMinor: fc.nat(9999), currency: fc.constantFrom('EUR', 'USD') })),
  });
  const anyTotal = fc.option(fc.record({ amountMinor: fc.nat(99_999), currency: fc.constantFrom('EUR', 'USD') }), {
    nil: undefined,
  });
  const anyEvent = fc
    .record({
      minute: fc.nat(8),
      kind: fc.constantFrom<ConfigurationEvent['kind'][]>(
        'started',
        'selected',
        'removed',
        'saved',
        'shared',
        'quoted',
      ),
      option: anyOption,
      total: anyTotal,
      options: fc.option(fc.array(anyOption, { maxLength: 4 }), { nil: undefined }),
      model: fc.constantFrom(undefined, 'estate', 'city-ev'),
      level: fc.constantFrom<Ownership['level'][]>('visit', 'anonymous', 'claimed', 'asserted'),
    })
    .map(({ minute, kind, option: one, total, options, model, level }) =>
      at(
        minute,
        kind,
        {
          ...(model && { model }),
          ...(total && { total }),
          ...(kind === 'selected' || kind === 'removed' ? { option: one } : options && { options }),
        },
        { recordId: level, level },
      ),
    );
  const shuffled = fc
    .uniqueArray(anyEvent, { minLength: 1, maxLength: 12, selector: ({ id }) => id })
    .chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
      ),
    );

  it('is the same in whatever order the events arrived', () => {
    fc.assert(
      fc.property(shuffled, ([events, other]) => expect(foldConfiguration(other)).toEqual(foldConfiguration(events))),
      { numRuns: 300 },
    );
  });

  it('never holds an option as chosen and taken back, nor twice', () => {
    fc.assert(
      fc.property(shuffled, ([events]) => {
        const { options, abandoned } = foldConfiguration(events);
        for (const one of [...options, ...abandoned]) {
          const same = [...options, ...abandoned].filter(
            (other) => other.code === one.code && other.group === one.group,
          );
          expect(same).toHaveLength(1);
        }
      }),
      { numRuns: 300 },
    );
  });
});
