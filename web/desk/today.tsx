import { clock } from '../shared/format.js';
import { t } from '../shared/words.js';
import { median } from './median.rules.js';

/** A visit as the manager counts it. */
export interface VisitOfDay {
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

const MINUTE = 60;

/** Today's visits: how long they waited, who served them, what came of it; null while they are waited for, or could not be read. */
export function Today(props: { visits: VisitOfDay[] | null; isWaited: boolean; timeZone: string }) {
  const { visits, timeZone } = props;
  const isLoading = !visits && props.isWaited;
  return (
    <section className="desk-card" aria-labelledby="today" aria-busy={isLoading}>
      <h2 id="today">{t('desk.today')}</h2>
      {isLoading && <p className="soft">{t('shared.loading')}</p>}
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
                  <td className="visit-who">{whoOf(visit)}</td>
                  <td data-label={t('desk.waited')}>
                    {visit.waitedSeconds === null ? '' : minutes(visit.waitedSeconds)}
                  </td>
                  <td data-label={t('desk.by')}>{visit.associate ?? ''}</td>
                  <td className="visit-outcome">
                    {visit.outcome ? t(`desk.outcomes.${visit.outcome}`) : t(`desk.states.${visit.state}`)}
                  </td>
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
  const wait = median(visits.flatMap((visit) => visit.waitedSeconds ?? []));
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
        <dd>{wait === null ? '–' : minutes(wait)}</dd>
      </div>
    </dl>
  );
}

/** Whole minutes, as the board counts them. */
function minutes(seconds: number): string {
  return t('desk.minutes', { count: Math.floor(seconds / MINUTE) });
}
