import { RouterProvider } from '@tanstack/react-router';
import type { Access, Standing } from './access.js';
import type { makeRouter } from './router.js';
import { ShiftCard } from './shift-card.js';
import { TabletProvider } from './tablet-context.js';
import type { WaitingLine } from './waiting-line.js';

/** A tablet on which nobody has a shift: who waits, without a name, check-ins and endings; and beside it the way to begin one. */
export function LockedScreen({
  access,
  standing,
  line,
  router,
  say,
}: {
  access: Access;
  standing: Extract<Standing, { is: 'enrolled' }>;
  line: WaitingLine;
  router: ReturnType<typeof makeRouter>;
  say: (text: string) => void;
}) {
  return (
    <div className="locked">
      <ShiftCard access={access} colleagues={standing.colleagues} trouble={standing.trouble} />
      <TabletProvider access={access} line={line} onShift={false} say={say}>
        <RouterProvider router={router} />
      </TabletProvider>
    </div>
  );
}
