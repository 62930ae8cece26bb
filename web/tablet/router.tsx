import {
  Outlet,
  createRootRoute,
  createRoute,
  createRouter,
  useParams,
  type RouterHistory,
} from '@tanstack/react-router';
import { BoardScreen } from './board-screen.js';
import { Frame } from './frame.js';
import { useTablet } from './tablet-context.js';
import { VisitorScreen } from './visitor-screen.js';

/** Board and visitors, each at its address; `history` where it is not the browser's own. */
export function makeRouter(history?: RouterHistory) {
  const rootRoute = createRootRoute({
    component: () => (
      <Frame>
        <Outlet />
      </Frame>
    ),
  });
  const boardRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: BoardScreen });
  const visitRoute = createRoute({
    getParentRoute: () => rootRoute,
    path: '/visit/$visitId',
    component: function Visitor() {
      const params: unknown = useParams({ strict: false });
      const { visitId } = params as { visitId: string };
      if (!useTablet().onShift) return <BoardScreen />;
      return <VisitorScreen key={visitId} visitId={visitId} />;
    },
  });
  const routeTree = rootRoute.addChildren([boardRoute, visitRoute]);
  return createRouter({ routeTree, basepath: '/tablet', ...(history && { history }) });
}
