import fc from 'fast-check';
import { sourceKinds } from '../ingest/source-kinds.js';
import { ownerOf } from './departments.rules.js';

const kept = ['service', 'finance'];

describe('whose content something is', () => {
  it.each([
    ['finance', 'accounting', 'sales', 'finance'],
    ['finance', 'back-office', undefined, 'finance'],
    ['service', 'team-3', 'showroom', 'service'],
    ['crm', 'sales', 'Accounts Receivable', 'finance'],
    ['crm', 'sales', 'Buchhaltung', 'finance'],
    ['crm', 'sales', 'After-Sales', 'service'],
    ['other', 'workshop', undefined, 'service'],
    ['contact-centre', 'service', 'sales', 'service'],
    ['service', 'service', 'finance', 'finance'],
    ['finance', 'finance', 'service', 'finance'],
    ['crm', 'sales', 'Showroom', 'showroom'],
    ['web-shop', 'online', undefined, 'online'],
    ['contact-centre', 'sales', 'key accounts', 'key accounts'],
  ])('of a source of kind %s in "%s" that states "%s": %s', (kind, department, stated, owner) => {
    expect(ownerOf({ kind, department }, stated)).toBe(owner);
  });

  it('is kept whatever is stated, when the source keeps it', () => {
    const words = fc.oneof(fc.constantFrom('sales', 'online', 'marketing', ''), fc.string());
    fc.assert(
      fc.property(fc.constantFrom(...kept), words, fc.option(words, { nil: undefined }), (kind, department, stated) => {
        expect(kept).toContain(ownerOf({ kind, department }, stated));
      }),
    );
  });

  it('is never opened by what is stated', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sourceKinds.values()), fc.string(), ({ kind, department }, stated) => {
        const silent = ownerOf({ kind, department });
        if (kept.includes(silent)) expect(kept).toContain(ownerOf({ kind, department }, stated));
      }),
    );
  });
});
