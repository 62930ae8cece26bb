import { orderContentOf } from './order.rules.js';

describe('an order of the e-commerce spec', () => {
  it('is read in minor units of its currency, exactly', () => {
    const products = [
      { product_id: 'p1', name: 'Roof box', price: 399.9, quantity: 1, category: 'accessories' },
      { product_id: 'p2', name: 'Floor mats', price: '19.99', quantity: 2 },
    ];
    expect(orderContentOf({ order_id: 'O1', total: 439.88, currency: 'eur', products })).toEqual({
      label: 'Roof box, Floor mats',
      totalMinor: 43_988,
      currency: 'EUR',
      lines: [
        { productId: 'p1', label: 'Roof box', category: 'accessories', quantity: 1, priceMinor: 39_990 },
        { productId: 'p2', label: 'Floor mats', category: null, quantity: 2, priceMinor: 1_999 },
      ],
    });
    expect(orderContentOf({ total: 1_999_000, currency: 'JPY' }).totalMinor).toBe(1_999_000);
    expect(orderContentOf({ total: '12.345', currency: 'KWD' }).totalMinor).toBe(12_345);
  });

  it('costs the sum of its lines where no total is said, and nothing known without a currency', () => {
    const products = [
      { name: 'A', price: 0.1, quantity: 3 },
      { name: 'B', price: 0.2 },
    ];
    expect(orderContentOf({ currency: 'EUR', products }).totalMinor).toBe(50);
    expect(orderContentOf({ currency: 'EUR', products: [...products, { name: 'C' }] }).totalMinor).toBeNull();
    expect(orderContentOf({ total: 5, products })).toMatchObject({ totalMinor: null, currency: null });
    expect(orderContentOf({ total: 'much', currency: 'EUR' }).totalMinor).toBeNull();
  });

  it('is called by its products, else by its number, and never too long', () => {
    expect(orderContentOf({ order_id: 'O1' }).label).toBe('O1');
    expect(orderContentOf({ order_id: 'O1', products: [{ sku: 'S' }, 'x', null] }).label).toBe('S');
    expect(orderContentOf({ products: [{ name: 'x'.repeat(500) }, { name: 'y'.repeat(500) }] }).label).toHaveLength(
      120,
    );
  });
});
