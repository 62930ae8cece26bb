import { guessersOf } from './attempts.js';

describe('who is counted when a code is unknown', () => {
  const tablet = { kind: 'TABLET', tabletId: 't-1', address: '203.0.113.7' } as const;

  it('is the tablet, the store and the address', () => {
    expect(guessersOf(tablet, 's-1')).toEqual(['address:203.0.113.7', 'store:s-1', 'tablet:t-1']);
  });

  it('is the address alone for somebody at home or at the door, apart from tablets behind the same address', () => {
    expect(guessersOf({ kind: 'PUBLIC', address: '203.0.113.7' })).toEqual(['public:203.0.113.7']);
    expect(guessersOf({ kind: 'PUBLIC', address: '203.0.113.7' }, 's-1')).toEqual(['public:203.0.113.7']);
  });

  it.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
    ['203.0.113.7', '203.0.113.7'],
  ])('counts %s as %s', (address, network) => {
    expect(guessersOf({ kind: 'STAFF', address })).toEqual([`address:${network}`]);
  });
});
