import { hours } from '../shared/clock.js';
import { anonymous, somebody } from './recognition.rules.js';
import { continues, decide, evolve, type Said, type Stay, type VisitCommand } from './visit.rules.js';

const noon = new Date('2026-11-21T12:00:00Z');
const later = new Date('2026-11-21T12:30:00Z');
const closing = new Date('2026-11-21T19:00:00Z');

const arrived: Stay = {
  state: 'WAITING',
  purpose: null,
  calledName: null,
  partySize: 1,
  identity: anonymous(),
  configurationId: null,
  associateId: null,
  arrivedAt: noon,
  takenAt: null,
  awayAt: null,
  endedAt: null,
  outcome: null,
};
const expected: Stay = { ...arrived, state: 'EXPECTED', arrivedAt: null };
const card = [{ identifier: 'loyalty', strength: 'PRESENTED' }] as const;
const claimsToBeAda: Stay = { ...arrived, identity: somebody('r-ada', card), configurationId: 'city-ev' };
const choosing: Stay = {
  ...arrived,
  identity: {
    ...anonymous(),
    status: 'CLAIMED',
    strength: 'STATED',
    candidates: [
      { recordId: 'r-ada', reasons: [{ identifier: 'phone', strength: 'STATED' }] },
      { recordId: 'r-bob', reasons: [{ identifier: 'phone', strength: 'STATED' }] },
    ],
  },
};
const nothingSaid: Said = { purpose: null, calledName: null, partySize: null, late: false };
const byBob: VisitCommand = { type: 'take', associateId: 'bob', at: later };
const ended: Stay = { ...arrived, state: 'COMPLETED', outcome: 'INFORMED', endedAt: later };

function given(stay: Stay): { when(...commands: VisitCommand[]): Stay } {
  return {
    when(...commands) {
      return commands.reduce((before, command) => {
        const decision = decide(before, command);
        if ('obstacle' in decision) throw new Error(`not possible: ${decision.obstacle}`);
        return decision.events.reduce(evolve, before);
      }, stay);
    },
  };
}

describe('a visit', () => {
  it('waits, is served and ends with its outcome', () => {
    const after = given(arrived).when(byBob, { type: 'end', outcome: 'SOLD', at: closing, late: false });
    expect(after).toMatchObject({
      state: 'COMPLETED',
      associateId: 'bob',
      takenAt: later,
      outcome: 'SOLD',
      endedAt: closing,
    });
  });

  it('is taken once: the same associate may tap again, another is told that it is taken', () => {
    const serving = given(arrived).when(byBob);
    expect(decide(serving, byBob)).toEqual({ events: [] });
    expect(decide(serving, { ...byBob, associateId: 'eve' })).toEqual({ obstacle: 'taken' });
  });

  it('may end without having been taken, because some do not wait', () => {
    expect(given(arrived).when({ type: 'end', outcome: 'LEFT', at: later, late: false })).toMatchObject({
      state: 'COMPLETED',
      outcome: 'LEFT',
    });
  });

  it('turns from expected to waiting by any proof', () => {
    const after = given(expected).when({
      type: 'arrive',
      identity: somebody('r-ada', card),
      configurationId: null,
      said: nothingSaid,
      at: noon,
    });
    expect(after).toMatchObject({
      state: 'WAITING',
      arrivedAt: noon,
      identity: { status: 'CLAIMED', recordId: 'r-ada' },
    });
  });

  it('goes on when she is back within two hours, with whoever served her', () => {
    const away: Stay = { ...arrived, state: 'AWAY', associateId: 'bob', takenAt: noon, awayAt: later };
    expect(continues(away, new Date(later.getTime() + hours(2)))).toBe(true);
    expect(continues(away, new Date(later.getTime() + hours(2) + 1))).toBe(false);
    const back = given(away).when({
      type: 'arrive',
      identity: anonymous(),
      configurationId: null,
      said: nothingSaid,
      at: closing,
    });
    expect(back).toMatchObject({ state: 'SERVING', arrivedAt: noon, awayAt: null });
  });

  it('is over once it has ended, whatever is wanted', () => {
    const wanted: VisitCommand[] = [
      byBob,
      { type: 'confirm' },
      { type: 'dispute' },
      { type: 'setPurpose', purpose: 'BUY' },
      { type: 'end', outcome: 'SOLD', at: closing, late: false },
      { type: 'close', at: closing },
      { type: 'arrive', identity: anonymous(), configurationId: null, said: nothingSaid, at: noon },
      { type: 'tell', said: nothingSaid },
      { type: 'identify', identity: somebody('r-ada', card), configurationId: null, samePerson: false },
    ];
    for (const command of wanted) expect(decide(ended, command)).toEqual({ obstacle: 'over' });
  });

  it('cannot be served, confirmed or ended before she is here', () => {
    for (const command of [
      byBob,
      { type: 'confirm' },
      { type: 'end', outcome: 'LEFT', at: noon, late: false },
    ] as VisitCommand[]) {
      expect(decide(expected, command)).toEqual({ obstacle: 'notArrived' });
    }
  });

  it('left open overnight ends as not closed at closing time, never as left', () => {
    const after = given(arrived).when(byBob, { type: 'close', at: closing });
    expect(after).toMatchObject({ outcome: 'NOT_CLOSED', endedAt: closing });
  });

  it('is corrected by a tablet that had no connection when she left, and by nothing else', () => {
    const closed = given(arrived).when({ type: 'close', at: closing });
    const late: VisitCommand = { type: 'end', outcome: 'SOLD', at: later, late: true };
    expect(given(closed).when(late)).toMatchObject({ outcome: 'SOLD', endedAt: later });
    expect(decide(closed, { ...late, late: false })).toEqual({ obstacle: 'over' });
    expect(decide(given(closed).when(late), late)).toEqual({ obstacle: 'over' });
  });

  it('never ends before it began, even when she came after closing time', () => {
    const late = { ...arrived, arrivedAt: new Date(closing.getTime() + hours(1)) };
    expect(given(late).when({ type: 'close', at: closing }).endedAt).toEqual(late.arrivedAt);
  });

  it('keeps its purpose without a change when it is set to what it is', () => {
    const complaint: VisitCommand = { type: 'setPurpose', purpose: 'COMPLAINT' };
    const after = given(arrived).when(complaint);
    expect(after.purpose).toBe('COMPLAINT');
    expect(decide(after, complaint)).toEqual({ events: [] });
  });
});

describe('what is said again at the door', () => {
  const complaint: Said = { purpose: 'COMPLAINT', calledName: 'Ada', partySize: 3, late: false };
  const before: Stay = { ...arrived, purpose: 'BROWSE', calledName: 'Grey coat', partySize: 2 };

  it('corrects what was said before; what is not said stays', () => {
    const after = given(before).when({ type: 'tell', said: complaint });
    expect(after).toMatchObject({ purpose: 'COMPLAINT', calledName: 'Ada', partySize: 3 });
    expect(decide(after, { type: 'tell', said: complaint })).toEqual({ events: [] });
    expect(decide(after, { type: 'tell', said: nothingSaid })).toEqual({ events: [] });
    const alone = given(after).when({ type: 'tell', said: { ...nothingSaid, partySize: 1 } });
    expect(alone).toMatchObject({ purpose: 'COMPLAINT', calledName: 'Ada', partySize: 1 });
  });

  it('only fills what nobody has said when it is told late or by herself', () => {
    const late = { ...complaint, late: true };
    expect(decide(before, { type: 'tell', said: late })).toEqual({ events: [] });
    expect(given(arrived).when({ type: 'tell', said: late })).toMatchObject({
      purpose: 'COMPLAINT',
      calledName: 'Ada',
      partySize: 3,
    });
  });
});

describe('recognition on a visit', () => {
  it('comes later for somebody who came without a name', () => {
    const identity = somebody('r-ada', card);
    const after = given(arrived).when({ type: 'identify', identity, configurationId: 'city-ev', samePerson: false });
    expect(after).toMatchObject({ identity: { status: 'CLAIMED', recordId: 'r-ada' }, configurationId: 'city-ev' });
  });

  it('is confirmed by a greeting, and a second greeting changes nothing', () => {
    const after = given(claimsToBeAda).when({ type: 'confirm' });
    expect(after.identity).toMatchObject({ status: 'CONFIRMED', strength: 'PRESENTED', recordId: 'r-ada' });
    expect(decide(after, { type: 'confirm' })).toEqual({ events: [] });
  });

  it('has nobody to confirm or dispute while she is anonymous', () => {
    expect(decide(arrived, { type: 'confirm' })).toEqual({ obstacle: 'nobodyToConfirm' });
    expect(decide(arrived, { type: 'dispute' })).toEqual({ obstacle: 'nobodyToDispute' });
  });

  it('waits for a choice among several, and the others leave no trace', () => {
    expect(decide(choosing, { type: 'confirm' })).toEqual({ obstacle: 'chooseFirst' });
    const [, bob] = choosing.identity.candidates;
    const after = given(choosing).when({ type: 'confirm', chosen: bob });
    expect(after.identity).toMatchObject({ status: 'CONFIRMED', recordId: 'r-bob', candidates: [] });
  });

  it('takes everything of a wrong person away and can start anew', () => {
    const wrong = given(claimsToBeAda).when({ type: 'confirm' }, { type: 'dispute' });
    expect(wrong).toMatchObject({
      identity: { status: 'DISPUTED', recordId: null, reasons: [] },
      configurationId: null,
    });
    expect(decide(wrong, { type: 'dispute' })).toEqual({ events: [] });
    expect(decide(wrong, { type: 'confirm' })).toEqual({ obstacle: 'nobodyToConfirm' });
    const identity = somebody('r-eve', [{ identifier: 'phone', strength: 'STATED' }]);
    const after = given(wrong).when({ type: 'identify', identity, configurationId: null, samePerson: false });
    expect(after.identity).toMatchObject({ status: 'CLAIMED', recordId: 'r-eve' });
  });

  it('keeps the configuration whose code was shown when the person turns out to be wrong', () => {
    const reasons = [...card, { identifier: 'configuration', strength: 'NONE' }] as const;
    const stay = { ...claimsToBeAda, identity: somebody('r-ada', reasons) };
    expect(given(stay).when({ type: 'dispute' })).toMatchObject({
      configurationId: 'city-ev',
      identity: { recordId: null },
    });
  });

  it('does not turn into somebody else without a dispute', () => {
    const command = {
      type: 'identify',
      identity: somebody('r-eve', card),
      configurationId: null,
      samePerson: false,
    } as const;
    expect(decide(claimsToBeAda, command)).toEqual({ obstacle: 'alreadyKnown' });
  });

  it('grows firmer by another sign of the same person, never weaker', () => {
    const verified = somebody('r-ada-2', [{ identifier: 'pass', strength: 'VERIFIED' }]);
    const firm = given(claimsToBeAda).when({
      type: 'identify',
      identity: verified,
      configurationId: null,
      samePerson: true,
    });
    expect(firm.identity).toMatchObject({ status: 'CONFIRMED', strength: 'VERIFIED' });
    const again = given(firm).when({
      type: 'identify',
      identity: somebody('r-ada', card),
      configurationId: null,
      samePerson: true,
    });
    expect(again.identity).toBe(firm.identity);
  });

  it('shows a configuration that is brought later, without a word on the person', () => {
    const command = { type: 'identify', identity: anonymous(), configurationId: 'estate', samePerson: false } as const;
    expect(given(claimsToBeAda).when(command)).toEqual({ ...claimsToBeAda, configurationId: 'estate' });
    const byCode = { ...command, identity: anonymous([{ identifier: 'configuration', strength: 'NONE' }]) };
    expect(given(arrived).when(byCode)).toMatchObject({
      identity: { status: 'ANONYMOUS', reasons: [{ identifier: 'configuration' }] },
      configurationId: 'estate',
    });
    expect(given(choosing).when(byCode).identity.candidates).toHaveLength(2);
  });
});
