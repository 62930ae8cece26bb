import { GraphQLCurrency } from 'graphql-scalars';
import { noCurrency, readCurrency, toMinor } from './money.js';

describe('money as shops write it', () => {
  it('becomes minor units by the currency', () => {
    expect(toMinor(399.9, 'EUR')).toBe(39990);
    expect(toMinor('39990', 'JPY')).toBe(39990);
    expect(toMinor('1.234', 'KWD')).toBe(1234);
    expect(toMinor(-400, 'EUR')).toBe(-40000);
    expect(toMinor(19.99, 'USD')).toBe(1999);
  });

  it.each([undefined, null, '', 'free', '1e9', Number.NaN, Infinity, '39.990,00', {}, true, 1e20])(
    'is not read from %p',
    (price) => expect(toMinor(price, 'EUR')).toBeUndefined(),
  );

  it('names currencies in upper case, and only ones that the API can say', () => {
    expect(readCurrency(' eur ')).toBe('EUR');
    expect(readCurrency('DEM')).toBeUndefined();
    expect(readCurrency(7)).toBeUndefined();
    const read = Intl.supportedValuesOf('currency').filter((code) => readCurrency(code));
    expect(read.length).toBeGreaterThan(150);
    for (const code of [...read, noCurrency]) expect(GraphQLCurrency.parseValue(code)).toBe(code);
  });
});
