import {
  Outlet,
  RouterProvider,
  Link,
  createRootRoute,
  createRoute,
  createRouter,
  redirect,
} from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { typedIn } from '../shared/form.js';
import { t } from '../shared/words.js';
import { NotSignedIn, desk, whenSessionEnds } from './desk-api.js';
import { ReviewPage } from './review-page.js';
import { StorePage } from './store-page.js';

interface Session {
  roles: string[];
}

/** Which pages there are, and whom each is for; a page of a later day is one line here. */
const pages = [
  { path: '/store', name: 'desk.store', roles: ['STORE_MANAGER', 'ADMIN'] },
  { path: '/review', name: 'review.page', roles: ['STORE_MANAGER', 'ADMIN', 'PRIVACY_OFFICER', 'ANALYST'] },
] as const;

/** Who may say what is asked at the review; the others may look. */
const judges = ['STORE_MANAGER', 'ADMIN', 'PRIVACY_OFFICER'];

const rootRoute = createRootRoute({ component: Shell });
const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => redirect({ to: pagesOf(signedIn().roles)[0]?.path ?? '/store', throw: true }),
});
const storeRoute = createRoute({ getParentRoute: () => rootRoute, path: '/store', component: StorePage });
const reviewRoute = createRoute({ getParentRoute: () => rootRoute, path: '/review', component: Review });
const router = createRouter({
  routeTree: rootRoute.addChildren([homeRoute, storeRoute, reviewRoute]),
  basepath: '/desk',
});

/** The desk: sign in once, then the pages of one's role. */
export function App() {
  const [session, setSession] = useState<Session | 'asking' | 'ended' | null>('asking');
  useEffect(() => {
    whenSessionEnds(() => setSession((was) => (was instanceof Object ? 'ended' : was)));
    openSession().then(setSession, () => setSession(null));
  }, []);
  if (session === 'asking') return <main className="desk-centred" aria-busy="true" />;
  if (session === 'ended') return <SignIn done={setSession} why={t('desk.ended')} />;
  if (!session) return <SignIn done={setSession} />;
  return <RouterProvider router={router} context={{ session }} />;
}

/** Whoever is signed in; a token in the address (as the demo gives it) signs in first and leaves the address. */
async function openSession(): Promise<Session> {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (!token) return desk<Session>('GET', 'session');
  history.replaceState(null, '', location.pathname);
  return desk<Session>('POST', 'session', { token });
}

function signedIn(): Session {
  return (router.options.context as unknown as { session: Session }).session;
}

function pagesOf(roles: readonly string[]) {
  return pages.filter((page) => page.roles.some((role) => roles.includes(role)));
}

function Review() {
  return <ReviewPage mayJudge={signedIn().roles.some((role) => judges.includes(role))} />;
}

function Shell() {
  const mine = pagesOf(signedIn().roles);
  const signOut = () => void desk('DELETE', 'session').finally(() => location.assign('/desk'));
  return (
    <div className="desk">
      <header className="desk-bar">
        <strong>Foyer</strong>
        <nav aria-label={t('desk.title')}>
          {mine.map((page) => (
            <Link key={page.path} to={page.path} className="desk-link">
              {t(page.name)}
            </Link>
          ))}
        </nav>
        <button className="button quiet" onClick={signOut}>
          {t('desk.signOut')}
        </button>
      </header>
      {mine.length > 0 ? <Outlet /> : <p className="desk-empty">{t('desk.notAllowed')}</p>}
    </div>
  );
}

function SignIn({ done, why = null }: { done: (session: Session) => void; why?: string | null }) {
  const [trouble, setTrouble] = useState(why);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const token = typedIn(event.currentTarget, 'token');
    try {
      done(await desk<Session>('POST', 'session', { token }));
    } catch (error) {
      setTrouble(error instanceof NotSignedIn ? t('desk.tokenUnknown') : (error as Error).message);
    }
  };
  return (
    <main className="desk-centred">
      <form className="desk-card" onSubmit={(event) => void submit(event)}>
        <h1>{t('desk.title')}</h1>
        <label className="field">
          <span>{t('desk.token')}</span>
          <input name="token" type="password" autoComplete="off" required />
          <small>{t('desk.tokenHint')}</small>
        </label>
        {trouble && (
          <p className="desk-trouble" role="alert">
            {trouble}
          </p>
        )}
        <button className="button wide">{t('desk.signIn')}</button>
      </form>
    </main>
  );
}
