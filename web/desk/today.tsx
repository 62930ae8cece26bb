import { useEffect, useState } from 'react';
import { clock } from '../shared/format.js';
import { now } from '../shared/time.js';
import { t } from '../shared/words.js';
import { desk } from './desk-api.js';

interface VisitOfDay {
  id: string;
  calledName: string | null;
  recognition: string;
  purpose: string | null;
  state: string;
  partySize: number;
  expectedAt: string | null;
  arrivedAt: string | null;
  waitedSeconds: number | null;
  associate: string | null;
  outcome: string | null;
}

const EVERY = 15_000;
const MINUTE = 60;

/** Today's visits: how long they waited, who served them, what came of it. */
export function Today({ storeId, timeZone }: { storeId: string; timeZone: string }) {
  const [visits, setVisits] = useState<VisitOfDay[] | null>(null);
  const [asOf, setAsOf] = useState(0);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    const load = () =>
      void desk<VisitOfDay[]>('GET', `visits?storeId=${storeId}`).then(
        (found) => (setVisits(found), setAsOf(now()), setTrouble(null)),
        (error: unknown) => setTrouble((error as Error).message),
      );
    load();
    const timer = setInterval(load, EVERY);
    window.addEventListener('online', load);
    window.addEventListener('offline', load);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', load);
      window.removeEventListener('offline', load);
    };
  }, [storeId]);

  return (
    <section className="desk-card" aria-labelledby="today" aria-busy={!visits && !trouble}>
      <h2 id="today">{t('desk.today')}</h2>
      {trouble && (
        <p className="desk-trouble" role="alert">
          {trouble} {visits && t('desk.asOf', { time: clock(asOf, timeZone) })}
        </p>
      )}
      {!visits && !trouble && <p className="soft">{t('shared.loading')}</p>}
      {visits && <Figures visits={visits} />}
      {visits?.length === 0 && <p className="soft">{t('desk.nobodyToday')}</p>}
      {visits && visits.length > 0 && (
        <div className="desk-scroll" tabIndex={0} role="region" aria-labelledby="today">
          <table>
            <thead>
              <tr>
                <th>{t('desk.arrived')}</th>
                <th>{t('desk.who')}</th>
                <th>{t('desk.waited')}</th>
                <th>{t('desk.by')}</th>
                <th>{t('desk.outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {visits.map((visit) => (
                <tr key={visit.id}>
                  <td>{timesOf(visit, timeZone)}</td>
                  <td>{whoOf(visit)}</td>
                  <td>{visit.waitedSeconds === null ? '' : minutes(visit.waitedSeconds)}</td>
                  <td>{visit.associate ?? ''}</td>
                  <td>{visit.outcome ? t(`desk.outcomes.${visit.outcome}`) : t(`desk.states.${visit.state}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** What to tell one visitor from another by, without saying who it is. */
function whoOf({ calledName, recognition, purpose, partySize }: VisitOfDay): string {
  const facts = [
    calledName ?? t('tablet.somebody'),
    recognition === 'CONFIRMED' && t('tablet.recognition.CONFIRMED'),
    purpose && t(`tablet.purpose.${purpose}`),
    partySize > 1 && t('tablet.partyOf', { count: partySize }),
  ];
  return facts.filter(Boolean).join(' · ');
}

/** When she came; when she was to come, while she has not or where the two differ. */
function timesOf({ arrivedAt, expectedAt }: VisitOfDay, timeZone: string): string {
  const came = arrivedAt ? clock(arrivedAt, timeZone) : '';
  if (!expectedAt) return came;
  return `${came} ${t('desk.expectedAt', { time: clock(expectedAt, timeZone) })}`.trim();
}

function Figures({ visits }: { visits: VisitOfDay[] }) {
  const waits = visits.flatMap((visit) => visit.waitedSeconds ?? []).sort((a, b) => a - b);
  const median = waits[Math.floor(waits.length / 2)];
  return (
    <dl className="figures">
      <div>
        <dt>{t('desk.visits')}</dt>
        <dd>{visits.filter((visit) => visit.arrivedAt).length}</dd>
      </div>
      <div>
        <dt>{t('desk.waitingNow')}</dt>
        <dd>{visits.filter((visit) => visit.state === 'WAITING').length}</dd>
      </div>
      <div>
        <dt>{t('desk.medianWait')}</dt>
        <dd>{median === undefined ? '–' : minutes(median)}</dd>
      </div>
    </dl>
  );
}

/** Whole minutes, as the board counts them. */
function minutes(seconds: number): string {
  return t('desk.minutes', { count: Math.floor(seconds / MINUTE) });
}
