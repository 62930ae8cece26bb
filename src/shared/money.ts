/** An amount in minor units (cents) of an ISO 4217 currency. */
export interface Amount {
  readonly amountMinor: number;
  readonly currency: string;
}

/** ISO 4217 for "no currency": the amount was not said. */
export const noCurrency = 'XXX';

const unusualDigits: Readonly<Record<string, number>> = {
  ...digitsOf(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...digitsOf(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...digitsOf(4, 'CLF UYW'),
};

function digitsOf(digits: number, codes: string): Record<string, number> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, digits]));
}

/** ISO 4217 codes of money that is spent. */
const spent = new Set(
  `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
   COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
   IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR
   MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
   SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG
   XOF XPF YER ZAR ZMW ZWG`.split(/\s+/),
);

/** Decimal places of a currency's minor unit: two for EUR, none for JPY, three for KWD. */
export function minorDigits(currency: string): number {
  return unusualDigits[currency] ?? 2;
}

/** The currency in upper case, or undefined when the text names none. */
export function readCurrency(value: unknown): string | undefined {
  const code = typeof value === 'string' ? value.trim().toUpperCase() : '';
  return spent.has(code) ? code : undefined;
}

/** A price as shops write it (`39990`, `"399.90"`) in minor units of its currency; undefined when it is no amount. */
export function toMinor(price: unknown, currency: string): number | undefined {
  const text = typeof price === 'number' ? String(price) : typeof price === 'string' ? price.trim() : '';
  if (!/^-?\d{1,15}(\.\d{1,20})?$/.test(text)) return undefined;
  const minor = Math.round(Number(text) * 10 ** minorDigits(currency));
  return Number.isSafeInteger(minor) ? minor + 0 : undefined;
}
