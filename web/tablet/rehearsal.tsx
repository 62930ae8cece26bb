import { RouterProvider, createMemoryHistory } from '@tanstack/react-router';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import type { BoardSeen } from './live-board.js';
import { madeUpVisit } from './made-up-visit.js';
import { makeRouter } from './router.js';
import { TabletContext, useBoard, useTablet, type Tablet } from './tablet-context.js';
import { WaitingLine } from './waiting-line.js';

/** Milliseconds after which the rehearsal is held however busy the page is. */
const LATEST = 1_000;
/** Milliseconds in which all of the screen is drawn. */
const STAYS = 2_000;

let held = false;

/** Holds the rehearsal once the board stands, as soon as there is nothing else to do. */
export function Rehearsal() {
  const tablet = useTablet();
  const { connection } = useBoard();
  const stands = connection === 'live';
  useEffect(() => {
    if (!stands || held) return undefined;
    const hold = () => {
      held = true;
      void rehearse(tablet);
    };
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(hold, LATEST);
      return () => clearTimeout(timer);
    }
    const turn = requestIdleCallback(hold, { timeout: LATEST });
    return () => cancelIdleCallback(turn);
  }, [tablet, stands]);
  return null;
}

/**
 * Opens a made-up visitor once where nobody sees it and nothing is sent: an engine compiles what it meets for the first time and makes
 * formatters, which took the first visitor of a day more time than drawing her screen.
 */
async function rehearse(tablet: Tablet): Promise<void> {
  const visit = madeUpVisit(tablet.store);
  const seen: BoardSeen = {
    visits: new Map([[visit.id, visit]]),
    connection: 'live',
    asOf: null,
    lastArrival: null,
    fault: null,
  };
  const board: Tablet['board'] = {
    subscribe: () => () => undefined,
    current: () => seen,
    take: () => undefined,
    checkingIn: (work) => work(),
  };
  const line = new WaitingLine(tablet.access);
  const router = makeRouter(createMemoryHistory({ initialEntries: ['/tablet'] }));
  // A router that has drawn scrolls the window to its top, where a salesperson may have left it; asked once it is made, this one does not.
  router.update({ ...router.options, scrollRestoration: () => false });
  const root = createRoot(document.createElement('div'));
  root.render(
    <TabletContext value={{ ...tablet, board, line, say: () => undefined }}>
      <RouterProvider router={router} />
    </TabletContext>,
  );
  await router.load();
  await router.navigate({ to: '/visit/$visitId', params: { visitId: visit.id } });
  setTimeout(() => root.unmount(), STAYS);
}
