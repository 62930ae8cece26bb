import { hours } from '../shared/clock.js';
import {
  aboutNobody,
  somebody,
  together,
  type CandidateFound,
  type Identity,
  type Reason,
} from './recognition.rules.js';
import {
  openStates,
  presentStates,
  type RecognitionStatus,
  type VisitOutcome,
  type VisitPurpose,
  type VisitState,
} from './visit.words.js';

/** What decides which step a visit may take next. */
export interface Stay {
  readonly state: VisitState;
  readonly purpose: VisitPurpose | null;
  /** What to call out for her. */
  readonly calledName: string | null;
  /** How many came together; 1 also where nobody has said. */
  readonly partySize: number;
  readonly identity: Identity;
  /** The configuration she brought or asked about. */
  readonly configurationId: string | null;
  readonly associateId: string | null;
  readonly arrivedAt: Date | null;
  readonly takenAt: Date | null;
  readonly awayAt: Date | null;
  readonly endedAt: Date | null;
  readonly outcome: VisitOutcome | null;
}

/** What the door was told beside who she is; null where it was not said. */
export interface Said {
  readonly purpose: VisitPurpose | null;
  readonly calledName: string | null;
  readonly partySize: number | null;
  /** Nobody of ours saw her, or a tablet tells of it afterwards: it fills what nobody has said, and corrects nothing. */
  readonly late: boolean;
}

/** What somebody wants to do with a visit. */
export type VisitCommand =
  | {
      readonly type: 'arrive';
      readonly identity: Identity;
      readonly configurationId: string | null;
      readonly said: Said;
      readonly at: Date;
    }
  | { readonly type: 'tell'; readonly said: Said }
  | { readonly type: 'take'; readonly associateId: string; readonly at: Date }
  | {
      readonly type: 'identify';
      readonly identity: Identity;
      readonly configurationId: string | null;
      /** The person found is the one this visit already has. */
      readonly samePerson: boolean;
    }
  | { readonly type: 'confirm'; readonly chosen?: CandidateFound | undefined }
  | { readonly type: 'dispute' }
  | { readonly type: 'setPurpose'; readonly purpose: VisitPurpose }
  | {
      readonly type: 'end';
      readonly outcome: VisitOutcome;
      readonly at: Date;
      /** Told by a tablet that had no connection then: it may correct what the house has closed since. */
      readonly late: boolean;
    }
  | { readonly type: 'close'; readonly at: Date };

/** What has happened to a visit. */
export type VisitEvent =
  | { readonly type: 'arrived'; readonly at: Date }
  | { readonly type: 'taken'; readonly associateId: string; readonly at: Date }
  | { readonly type: 'identified'; readonly identity: Identity; readonly configurationId: string | null }
  | { readonly type: 'confirmed'; readonly identity: Identity }
  | { readonly type: 'disputed' }
  | { readonly type: 'purposeSet'; readonly purpose: VisitPurpose }
  | { readonly type: 'described'; readonly calledName: string | null; readonly partySize: number }
  | { readonly type: 'ended'; readonly outcome: VisitOutcome; readonly at: Date };

/** Why a step is not possible; each is a sentence of the catalogue. */
export type Obstacle =
  'over' | 'notArrived' | 'away' | 'taken' | 'alreadyKnown' | 'nobodyToConfirm' | 'chooseFirst' | 'nobodyToDispute';

/** What follows from a command: events (none when it is already so), or why not. */
export type VisitDecision = { readonly events: readonly VisitEvent[] } | { readonly obstacle: Obstacle };

const nothing: VisitDecision = { events: [] };
const happens = (...events: VisitEvent[]): VisitDecision => ({ events });
const blocked = (obstacle: Obstacle): VisitDecision => ({ obstacle });

/** What follows from a command in this state of a visit. */
export function decide(stay: Stay, command: VisitCommand): VisitDecision {
  switch (command.type) {
    case 'arrive':
      return decideArrive(stay, command);
    case 'tell':
      return isOpen(stay) ? happens(...told(stay, command.said)) : blocked('over');
    case 'take':
      return decideTake(stay, command);
    case 'identify':
      return decideIdentify(stay, command);
    case 'confirm':
      return decideConfirm(stay, command.chosen);
    case 'dispute':
      return decideDispute(stay);
    case 'setPurpose':
      if (!isOpen(stay)) return blocked('over');
      return stay.purpose === command.purpose ? nothing : happens({ type: 'purposeSet', purpose: command.purpose });
    case 'end':
      return decideEnd(stay, command);
    case 'close':
      return notHere(stay) ?? happens({ type: 'ended', outcome: 'NOT_CLOSED', at: latest(stay, command.at) });
  }
}

/** The visit after an event. */
export function evolve(stay: Stay, event: VisitEvent): Stay {
  switch (event.type) {
    case 'arrived':
      return {
        ...stay,
        state: stay.takenAt ? 'SERVING' : 'WAITING',
        arrivedAt: stay.arrivedAt ?? event.at,
        awayAt: null,
      };
    case 'taken':
      return { ...stay, state: 'SERVING', associateId: event.associateId, takenAt: event.at };
    case 'identified':
      return { ...stay, identity: event.identity, configurationId: event.configurationId ?? stay.configurationId };
    case 'confirmed':
      return { ...stay, identity: event.identity };
    case 'disputed':
      return { ...stay, ...withoutPerson(stay) };
    case 'purposeSet':
      return { ...stay, purpose: event.purpose };
    case 'described':
      return { ...stay, calledName: event.calledName, partySize: event.partySize };
    case 'ended':
      return { ...stay, state: 'COMPLETED', outcome: event.outcome, endedAt: event.at };
  }
}

/** For how long somebody may be out and still come back to the same visit. */
export const awayFor = hours(2);

/** Whether somebody who arrives now comes back to this visit instead of starting another. */
export function continues(stay: Pick<Stay, 'state' | 'awayAt'>, now: Date): boolean {
  if (stay.state === 'AWAY') return stay.awayAt !== null && now.getTime() - stay.awayAt.getTime() <= awayFor;
  return stay.state === 'EXPECTED' || stay.state === 'WAITING' || stay.state === 'SERVING';
}

/** Whether this recognition names exactly one person. */
export function namesSomebody(identity: Identity): boolean {
  return isSettled(identity.status) && identity.recordId !== null;
}

function decideArrive(stay: Stay, command: Extract<VisitCommand, { type: 'arrive' }>): VisitDecision {
  if (!isOpen(stay)) return blocked('over');
  const arrived: VisitEvent[] =
    stay.state === 'EXPECTED' || stay.state === 'AWAY' ? [{ type: 'arrived', at: command.at }] : [];
  const known = strengthened(stay, command.identity, command.configurationId);
  return happens(...arrived, ...known, ...told(stay, command.said));
}

/** What is said again at the door corrects what was said before, as if it had been set on its own. */
function told(stay: Stay, said: Said): VisitEvent[] {
  const purpose = (said.late ? stay.purpose : null) ?? said.purpose ?? stay.purpose;
  const calledName = (said.late ? stay.calledName : null) ?? said.calledName ?? stay.calledName;
  const partySize = said.late && stay.partySize > 1 ? stay.partySize : (said.partySize ?? stay.partySize);
  const events: VisitEvent[] = [];
  if (purpose !== null && purpose !== stay.purpose) events.push({ type: 'purposeSet', purpose });
  if (calledName !== stay.calledName || partySize !== stay.partySize)
    events.push({ type: 'described', calledName, partySize });
  return events;
}

function decideTake(stay: Stay, command: Extract<VisitCommand, { type: 'take' }>): VisitDecision {
  if (stay.state === 'WAITING') return happens({ type: 'taken', associateId: command.associateId, at: command.at });
  if (stay.state === 'SERVING') return stay.associateId === command.associateId ? nothing : blocked('taken');
  return notHere(stay) ?? blocked('away');
}

function decideIdentify(stay: Stay, command: Extract<VisitCommand, { type: 'identify' }>): VisitDecision {
  const { identity, configurationId, samePerson } = command;
  const elsewhere = notHere(stay);
  if (elsewhere) return elsewhere;
  if (identity.status === 'ANONYMOUS') return happens(...shown(stay, configurationId, identity.reasons));
  if (!namesSomebody(stay.identity)) return happens({ type: 'identified', identity, configurationId });
  return samePerson ? happens(...strengthened(stay, identity, configurationId)) : blocked('alreadyKnown');
}

function decideConfirm(stay: Stay, chosen: CandidateFound | undefined): VisitDecision {
  const elsewhere = notHere(stay);
  if (elsewhere) return elsewhere;
  const { status, recordId } = stay.identity;
  const known = recordId !== null && (chosen === undefined || chosen.recordId === recordId);
  if (status === 'CONFIRMED') return known ? nothing : blocked('alreadyKnown');
  if (status !== 'CLAIMED') return blocked('nobodyToConfirm');
  if (known) return happens({ type: 'confirmed', identity: { ...stay.identity, status: 'CONFIRMED' } });
  if (recordId !== null) return blocked('alreadyKnown');
  if (chosen === undefined) return blocked('chooseFirst');
  return happens({
    type: 'confirmed',
    identity: { ...somebody(chosen.recordId, chosen.reasons), status: 'CONFIRMED' },
  });
}

function decideDispute(stay: Stay): VisitDecision {
  const elsewhere = notHere(stay);
  if (elsewhere) return elsewhere;
  if (stay.identity.status === 'DISPUTED') return nothing;
  return stay.identity.status === 'ANONYMOUS' ? blocked('nobodyToDispute') : happens({ type: 'disputed' });
}

function decideEnd(stay: Stay, { outcome, at, late }: Extract<VisitCommand, { type: 'end' }>): VisitDecision {
  const corrects = late && stay.outcome === 'NOT_CLOSED';
  return (corrects ? undefined : notHere(stay)) ?? happens({ type: 'ended', outcome, at: latest(stay, at) });
}

/** A weaker sign of the same person takes nothing back, and neither do several people she may be. */
function strengthened(stay: Stay, identity: Identity, configurationId: string | null): VisitEvent[] {
  const weaker = stay.identity.status === 'CONFIRMED' && identity.status !== 'CONFIRMED';
  const vaguer = namesSomebody(stay.identity) && identity.recordId === null;
  if (weaker || vaguer || identity.status === 'ANONYMOUS') return shown(stay, configurationId, identity.reasons);
  if (namesSomebody(stay.identity)) {
    return [{ type: 'identified', identity: together(stay.identity, identity), configurationId }];
  }
  return [{ type: 'identified', identity, configurationId }];
}

/** A configuration that was shown stands beside the person, whoever she is. */
function shown(stay: Stay, configurationId: string | null, reasons: readonly Reason[]): VisitEvent[] {
  if (configurationId === null || configurationId === stay.configurationId) return [];
  const fresh = reasons.filter(({ identifier }) =>
    stay.identity.reasons.every((known) => known.identifier !== identifier),
  );
  const identity = { ...stay.identity, reasons: [...stay.identity.reasons, ...fresh.filter(aboutNobody)] };
  return [{ type: 'identified', identity, configurationId }];
}

/** What came with the person leaves with her; a configuration whose code was shown stays. */
function withoutPerson(stay: Stay): Pick<Stay, 'identity' | 'configurationId'> {
  const kept = stay.identity.reasons.filter(aboutNobody);
  return {
    identity: { status: 'DISPUTED', strength: 'NONE', reasons: kept, recordId: null, candidates: [] },
    configurationId: kept.length > 0 ? stay.configurationId : null,
  };
}

function notHere(stay: Stay): VisitDecision | undefined {
  if (presentStates.includes(stay.state)) return undefined;
  return blocked(stay.state === 'EXPECTED' ? 'notArrived' : 'over');
}

function isOpen(stay: Stay): boolean {
  return openStates.includes(stay.state);
}

function isSettled(status: RecognitionStatus): boolean {
  return status === 'CLAIMED' || status === 'CONFIRMED';
}

/** Nobody leaves before she came, whatever the opening hours say. */
function latest(stay: Stay, end: Date): Date {
  const times = [end, stay.arrivedAt, stay.takenAt, stay.awayAt].filter((at) => at !== null);
  return times.reduce((last, at) => (at > last ? at : last), end);
}
