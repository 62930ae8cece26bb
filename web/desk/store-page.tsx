import { useCallback, useEffect, useState } from 'react';
import { t } from '../shared/words.js';
import { desk } from './desk-api.js';
import { StaffCard, TabletsCard } from './store-cards.js';
import { Today } from './today.js';

/** A store as the manager sees it. */
export interface DeskStore {
  id: string;
  name: string;
  timeZone: string;
  staff: { id: string; displayName: string; role: string; pinSet: boolean }[];
  tablets: { id: string; name: string; enrolled: boolean; seenAt: string | null; revoked: boolean }[];
}

/** The manager's page: today's visits, staff and their PINs, tablets. */
export function StorePage() {
  const [stores, setStores] = useState<DeskStore[] | null>(null);
  const [chosen, setChosen] = useState(0);
  const [trouble, setTrouble] = useState<string | null>(null);
  const load = useCallback(() => {
    desk<DeskStore[]>('GET', 'stores').then(
      (found) => (setStores(found), setTrouble(null)),
      (error: unknown) => setTrouble((error as Error).message),
    );
  }, []);
  useEffect(() => {
    load();
    window.addEventListener('online', load);
    return () => window.removeEventListener('online', load);
  }, [load]);

  const store = stores?.[chosen];
  return (
    <main className="store-page" aria-busy={!stores && !trouble}>
      {trouble && (
        <p className="desk-trouble" role="alert">
          {trouble}{' '}
          <button className="desk-again" onClick={load}>
            {t('tablet.tryAgain')}
          </button>
        </p>
      )}
      {!stores && !trouble && <p className="soft">{t('shared.loading')}</p>}
      {stores?.length === 0 && <p className="soft">{t('desk.noStore')}</p>}
      {store && (
        <>
          <header className="store-head">
            <h1>{store.name}</h1>
            {stores.length > 1 && (
              <label className="field">
                <span className="seen-by-readers-only">{t('desk.store')}</span>
                <select value={chosen} onChange={(event) => setChosen(Number(event.target.value))}>
                  {stores.map((each, at) => (
                    <option key={each.id} value={at}>
                      {each.name}
                    </option>
                  ))}
                </select>
              </label>
            )}
          </header>
          <Today key={store.id} storeId={store.id} timeZone={store.timeZone} />
          <div className="store-cards">
            <StaffCard store={store} changed={load} />
            <TabletsCard store={store} changed={load} />
          </div>
        </>
      )}
    </main>
  );
}
