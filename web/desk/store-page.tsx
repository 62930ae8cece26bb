import { useState } from 'react';
import { clock } from '../shared/format.js';
import { t } from '../shared/words.js';
import { StaffCard, TabletsCard } from './store-cards.js';
import { Today, type VisitOfDay } from './today.js';
import { Trouble } from './trouble.js';
import { useFresh } from './use-fresh.js';

/** A store as the manager sees it. */
export interface DeskStore {
  id: string;
  name: string;
  timeZone: string;
  staff: { id: string; displayName: string; role: string; pinSet: boolean; mayChangePin?: boolean }[];
  tablets: { id: string; name: string; enrolled: boolean; seenAt: string | null; revoked: boolean }[];
}

/** The manager's page: today's visits, staff and their PINs, tablets. */
export function StorePage() {
  const [chosen, setChosen] = useState<string | null>(null);
  const { answer: stores, ...ofStores } = useFresh<DeskStore[]>('stores');
  const store = stores?.find(({ id }) => id === chosen) ?? stores?.[0];
  const { answer: visits, ...ofVisits } = useFresh<VisitOfDay[]>(store ? `visits?storeId=${store.id}` : null);
  const reason = ofStores.trouble ?? ofVisits.trouble;
  const trouble = reason && [reason, store && asOf(store, ofStores.asOf, ofVisits.asOf)].filter(Boolean).join(' ');
  const again = () => {
    void ofStores.load();
    void ofVisits.load();
  };
  return (
    <main className="store-page" aria-busy={!stores && !trouble}>
      <Trouble text={trouble} again={again} />
      {!stores && !trouble && <p className="soft">{t('shared.loading')}</p>}
      {stores?.length === 0 && <p className="soft">{t('desk.noStore')}</p>}
      {store && (
        <>
          <header className="store-head">
            <h1>{store.name}</h1>
            {stores && stores.length > 1 && (
              <label className="field">
                <span className="seen-by-readers-only">{t('desk.store')}</span>
                <select value={store.id} onChange={(event) => setChosen(event.target.value)}>
                  {stores.map((each) => (
                    <option key={each.id} value={each.id}>
                      {each.name}
                    </option>
                  ))}
                </select>
              </label>
            )}
          </header>
          <Today visits={visits} isWaited={!ofVisits.trouble} timeZone={store.timeZone} />
          <div className="store-cards">
            <StaffCard store={store} changed={ofStores.load} />
            <TabletsCard store={store} changed={ofStores.load} />
          </div>
        </>
      )}
    </main>
  );
}

/** From when the oldest of what is shown is; nothing where nothing is shown yet. */
function asOf({ timeZone }: DeskStore, ...read: number[]): string | null {
  const shown = read.filter((at) => at > 0);
  return shown.length > 0 ? t('desk.asOf', { time: clock(Math.min(...shown), timeZone) }) : null;
}
