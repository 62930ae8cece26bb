import { useEffect, useSyncExternalStore } from 'react';
import { day } from '../shared/format.js';
import { t } from '../shared/words.js';
import { useBoard, useTablet, useWaitingLine } from './tablet-context.js';
import type { Deed } from './deed.rules.js';
import type { Lapsed } from './lapsed-deeds.js';

const REFUSED = {
  'check-in': 'tablet.deeds.checkInRefused',
  ending: 'tablet.deeds.endingRefused',
  dispute: 'tablet.deeds.disputeRefused',
};

/** What waits for the network, and what came back refused, and what was not taken in time: nothing is lost silently. */
export function WaitingDeeds() {
  const { line, onShift, store } = useTablet();
  const deeds = useWaitingLine();
  const { connection } = useBoard();
  // With a connection "not her" is sent at once, and has been seen already.
  const waiting = deeds.filter((deed) => !deed.refused && (deed.kind !== 'dispute' || connection !== 'live'));
  const refused = deeds.filter((deed) => deed.refused);
  const lapsed = useSyncExternalStore(line.subscribe, line.lapsed.current);
  useEffect(() => {
    if (onShift) for (const deed of deeds) void line.seen(deed.name);
  }, [deeds, line, onShift]);
  if (waiting.length + refused.length + lapsed.length === 0) return null;
  return (
    <section className="deeds" aria-label={t('tablet.deeds.title')}>
      {waiting.length > 0 && (
        <p className="notice">
          {t(connection === 'live' ? 'tablet.deeds.sending' : 'tablet.deeds.waiting', { count: waiting.length })}
        </p>
      )}
      {!onShift && refused.length > 0 && (
        <p className="notice late">{t('tablet.deeds.refused', { count: refused.length })}</p>
      )}
      {(onShift ? refused : []).map((deed) => (
        <p className="notice late" role="alert" key={deed.name}>
          <span>
            {t(deed.isChoice ? 'tablet.deeds.choiceRefused' : REFUSED[deed.kind], {
              name: calledName(deed) ?? t(deed.kind === 'dispute' ? 'tablet.person' : 'tablet.somebody'),
              why: deed.refused,
            })}
          </span>
          <button className="link" onClick={() => void line.dismiss(deed.name)}>
            {t('tablet.deeds.understood')}
          </button>
        </p>
      ))}
      {byDay(lapsed, (at) => day(at, store.timeZone)).map(([date, ofThatDay]) => (
        <p className="notice late" key={date}>
          <span>{t('tablet.deeds.lapsed', { count: ofThatDay.length, day: date })}</span>
          {onShift && (
            <button className="link" onClick={() => void line.lapsed.dismiss(ofThatDay)}>
              {t('tablet.deeds.understood')}
            </button>
          )}
        </p>
      ))}
    </section>
  );
}

function byDay(lapsed: readonly Lapsed[], dayOf: (at: number) => string): [string, Lapsed[]][] {
  const days = new Map<string, Lapsed[]>();
  for (const each of lapsed) days.set(dayOf(each.at), [...(days.get(dayOf(each.at)) ?? []), each]);
  return [...days];
}

function calledName(deed: Deed): string | null | undefined {
  if (deed.kind === 'dispute') return null;
  if (deed.kind === 'ending') return deed.calledName;
  return deed.isChoice ? deed.chosen?.maskedName : deed.input.calledName;
}
