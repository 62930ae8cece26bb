import { mostCandidates, recognise, strengthWhen, type Sign } from './recognition.rules.js';
import type { RecognitionStrength } from './visit.words.js';

const ada = { customerId: 'c-ada', recordId: 'r-ada' };
const bob = { customerId: 'c-bob', recordId: 'r-bob' };

const sign = (identifier: string, strength: RecognitionStrength, ...people: Sign['people']): Sign => ({
  identifier,
  strength,
  people,
});

describe('who it is, by what was shown and said', () => {
  it('is nobody when nothing was shown', () => {
    expect(recognise([])).toEqual({
      status: 'ANONYMOUS',
      strength: 'NONE',
      reasons: [],
      recordId: null,
      candidates: [],
    });
  });

  it('is nobody by the code of a configuration, which stays as what was shown', () => {
    expect(recognise([sign('configuration', 'NONE')])).toMatchObject({
      status: 'ANONYMOUS',
      reasons: [{ identifier: 'configuration', strength: 'NONE' }],
    });
  });

  it.each<[RecognitionStrength, string]>([
    ['VERIFIED', 'CONFIRMED'],
    ['PRESENTED', 'CLAIMED'],
    ['STATED', 'CLAIMED'],
  ])('%s makes it %s', (strength, status) => {
    expect(recognise([sign('pass', strength, ada)])).toMatchObject({
      status,
      strength,
      recordId: 'r-ada',
      candidates: [],
    });
  });

  it('lets what was scanned outweigh what was said, and names only what points at the same person', () => {
    const identity = recognise([sign('loyalty', 'PRESENTED', ada), sign('phone', 'STATED', bob)]);
    expect(identity).toMatchObject({ recordId: 'r-ada', reasons: [{ identifier: 'loyalty' }] });
  });

  it('takes the one person whom all that was said has in common', () => {
    const identity = recognise([sign('phone', 'STATED', ada, bob), sign('email', 'STATED', bob)]);
    expect(identity).toMatchObject({ recordId: 'r-bob', reasons: [{ identifier: 'phone' }, { identifier: 'email' }] });
  });

  it('leaves several as candidates, the one with most reasons first', () => {
    const identity = recognise([sign('phone', 'STATED', ada, bob), sign('name', 'STATED', ada, bob)]);
    expect(identity).toMatchObject({ status: 'CLAIMED', strength: 'STATED', recordId: null });
    expect(identity.candidates.map((one) => one.recordId)).toEqual(['r-ada', 'r-bob']);
  });

  it('leaves those who contradict each other as candidates', () => {
    const identity = recognise([sign('phone', 'STATED', ada), sign('email', 'STATED', bob)]);
    expect(identity.recordId).toBeNull();
    expect(identity.candidates).toEqual([
      { recordId: 'r-ada', reasons: [{ identifier: 'phone', strength: 'STATED' }] },
      { recordId: 'r-bob', reasons: [{ identifier: 'email', strength: 'STATED' }] },
    ]);
  });

  it('offers no more people than one can choose from', () => {
    const crowd = Array.from({ length: 9 }, (_, n) => ({ customerId: `c-${n}`, recordId: `r-${n}` }));
    expect(recognise([sign('name', 'STATED', ...crowd)]).candidates).toHaveLength(mostCandidates);
  });

  it('believes a tablet without a connection no more than a card that was shown', () => {
    expect(strengthWhen(true, 'VERIFIED')).toBe('PRESENTED');
    expect(strengthWhen(true, 'STATED')).toBe('STATED');
    expect(strengthWhen(false, 'VERIFIED')).toBe('VERIFIED');
  });
});
