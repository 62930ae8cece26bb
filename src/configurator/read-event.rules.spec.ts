import fc from 'fast-check';
import { ownershipOf, readEvent, webAddress } from './read-event.rules.js';

const eur = (amountMinor: number): { amountMinor: number; currency: string } => ({ amountMinor, currency: 'EUR' });

describe('reading what a site tells of a configuration', () => {
  it('understands an option in the style of the e-commerce spec', () => {
    const properties = {
      ...{
        configuration_id: 'c-1',
        model: 'estate',
        option_code: 'green',
        option_group: 'paint',
        name: 'Forest green',
      },
      ...{ price: 600, currency: 'eur', url: 'https://shop.example/estate' },
    };
    expect(readEvent('option.selected', { properties })).toEqual({
      sessionId: 'c-1',
      kind: 'selected',
      said: {
        model: 'estate',
        url: 'https://shop.example/estate',
        option: { group: 'paint', code: 'green', label: 'Forest green', price: eur(60_000) },
      },
    });
  });

  it('understands products, finds the car among them and adds up what it costs', () => {
    const properties = {
      ...{ configuration_id: 7, model: 'estate', currency: 'EUR', image_url: 'https://shop.example/estate.png' },
      products: [
        { product_id: 'estate', name: 'Estate 2.0', price: 39000 },
        { sku: 'tow-bar', category: 'extras', name: 'Tow bar', price: '900.00' },
        { name: 'no code' },
        'nonsense',
      ],
    };
    expect(readEvent('configuration.saved', { properties })?.said).toEqual({
      model: 'estate',
      modelLabel: 'Estate 2.0',
      imageUrl: 'https://shop.example/estate.png',
      options: [{ group: 'extras', code: 'tow-bar', label: 'Tow bar', price: eur(90_000) }],
      total: eur(3_990_000),
    });
  });

  it('understands amounts in minor units, too', () => {
    const options = [{ group: 'extras', code: 'roof', label: 'Roof', price: eur(120_000) }];
    const properties = { configuration_id: 'c', model: 'estate', options, total: eur(4_020_000), abandoned: options };
    expect(readEvent('configuration.saved', { properties })?.said).toEqual({
      ...{ model: 'estate', options, abandoned: options, total: eur(4_020_000) },
    });
  });

  it('tells an empty list from none', () => {
    const of = (properties: object): unknown => readEvent('configuration.saved', { properties })?.said.options;
    expect(of({ configuration_id: 'c', products: [] })).toEqual([]);
    expect(of({ configuration_id: 'c' })).toBeUndefined();
  });

  it('takes the session where no configuration is named, and nothing where neither is', () => {
    expect(readEvent('configuration.started', { context: { sessionId: 's-1' } })?.sessionId).toBe('s-1');
    expect(readEvent('configuration.started', {})).toBeUndefined();
    expect(readEvent('product.viewed', { properties: { configuration_id: 'c' } })).toBeUndefined();
  });

  it('reads no price without a currency, and none that is beyond reason', () => {
    const of = (properties: object): unknown =>
      readEvent('configuration.saved', { properties: { configuration_id: 'c', ...properties } })?.said.total;
    expect(of({ total: 100 })).toBeUndefined();
    expect(of({ total: 1e14, currency: 'EUR' })).toBeUndefined();
    expect(of({ total: 'n/a', value: 100, currency: 'EUR' })).toEqual(eur(10_000));
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://shop.example/x',
    'shop.example',
    `https://x.example/${'a'.repeat(2000)}`,
  ])('shows no link to %.40s', (text) => expect(webAddress(text)).toBeUndefined());

  it('knows how far the sender knew who it was', () => {
    expect(ownershipOf({ userId: 'u1' }, true)).toBe('asserted');
    expect(ownershipOf({ userId: 'u1' }, false)).toBe('claimed');
    expect(ownershipOf({ traits: { email: 'ada@home.example' } }, true)).toBe('asserted');
    expect(
      ownershipOf({ anonymousId: 'a', traits: { email: 'ada@home.example' }, context: { userHash: 'x' } }, true),
    ).toBe('claimed');
    expect(ownershipOf({ anonymousId: 'a' }, true)).toBe('anonymous');
  });

  it('never throws, whatever a page sends', () => {
    const anything = fc.anything({ maxDepth: 4 });
    const properties = fc.dictionary(
      fc.constantFrom(
        'configuration_id',
        'model',
        'options',
        'products',
        'total',
        'price',
        'currency',
        'url',
        'abandoned',
      ),
      anything,
    );
    fc.assert(fc.property(properties, (said) => void readEvent('configuration.saved', { properties: said })));
  });
});
