import {
  Outlet,
  RouterProvider,
  Link,
  createRootRoute,
  createRoute,
  createRouter,
  redirect,
  useLocation,
} from '@tanstack/react-router';
import { useCallback, useEffect, useState, type FormEvent } from 'react';
import { typedIn } from '../shared/form.js';
import { t } from '../shared/words.js';
import { NotSignedIn, Refused, desk, whenSessionEnds } from './desk-api.js';
import { ReviewPage } from './review-page.js';
import { StorePage } from './store-page.js';
import { Trouble } from './trouble.js';
import { usePress } from './use-press.js';
import { useTitle } from './use-title.js';

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

/** Who is at the desk, as far as it is known; `why` is what to say of it. */
type Standing =
  | { readonly is: 'asking' }
  | { readonly is: 'in'; readonly session: Session }
  | { readonly is: 'out'; readonly why: string | null }
  | { readonly is: 'unknown'; readonly why: string };

/** The desk: sign in once, then the pages of one's role. */
export function App() {
  const [standing, setStanding] = useState<Standing>({ is: 'asking' });
  const open = useCallback(() => void openSession().then(setStanding), []);
  useEffect(() => {
    whenSessionEnds(() => setStanding((was) => (was.is === 'in' ? { is: 'out', why: t('desk.ended') } : was)));
    open();
  }, [open]);
  if (standing.is === 'asking') return <main className="desk-centred" aria-busy="true" />;
  if (standing.is === 'unknown') return <Unknown why={standing.why} again={open} />;
  if (standing.is === 'out')
    return <SignIn done={(session) => setStanding({ is: 'in', session })} why={standing.why} />;
  return <RouterProvider router={router} context={{ session: standing.session }} />;
}

/** The token that came in the address, until the server has answered for it. */
let given: string | null = null;

/** Whoever is signed in; a token in the address (as the demo gives it) signs in first and leaves the address. */
async function openSession(): Promise<Standing> {
  const inAddress = new URLSearchParams(location.hash.slice(1)).get('token');
  if (inAddress) history.replaceState(null, '', location.pathname);
  given = inAddress ?? given;
  try {
    const session = given
      ? await desk<Session>('POST', 'session', { token: given })
      : await desk<Session>('GET', 'session');
    given = null;
    return { is: 'in', session };
  } catch (error) {
    if (!isNobody(error)) return { is: 'unknown', why: (error as Error).message };
    const why = given ? whyNot(error) : null;
    given = null;
    return { is: 'out', why };
  }
}

/** Whether the server answered that it knows nobody by what it was shown; anything else says nothing about her. */
function isNobody(error: unknown): boolean {
  return error instanceof NotSignedIn || error instanceof Refused;
}

/** Why a token did not sign in. */
function whyNot(error: unknown): string {
  return error instanceof NotSignedIn ? t('desk.tokenUnknown') : (error as Error).message;
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
  const here = useLocation().pathname;
  const page = mine.find(({ path }) => path === here);
  useTitle(t(page?.name ?? 'desk.title'));
  const { press, trouble, busy } = usePress();
  const signOut = async () => {
    await desk('DELETE', 'session');
    location.assign('/desk');
  };
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
        <button className="button quiet" aria-disabled={busy} onClick={() => press(signOut)}>
          {t('desk.signOut')}
        </button>
      </header>
      <Trouble text={trouble && t('desk.notSignedOut', { message: trouble })} />
      {mine.length > 0 ? <Outlet /> : <p className="desk-empty">{t('desk.notAllowed')}</p>}
    </div>
  );
}

/** Nothing can be said of who is here, for the server did not answer. */
function Unknown({ why, again }: { why: string; again: () => void }) {
  useTitle(t('desk.title'));
  useEffect(() => {
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, [again]);
  return (
    <main className="desk-centred">
      <div className="desk-card">
        <h1>{t('desk.title')}</h1>
        <Trouble text={why} again={again} />
      </div>
    </main>
  );
}

function SignIn({ done, why }: { done: (session: Session) => void; why: string | null }) {
  const [trouble, setTrouble] = useState(why);
  useTitle(t('desk.title'));
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const token = typedIn(event.currentTarget, 'token');
    try {
      done(await desk<Session>('POST', 'session', { token }));
    } catch (error) {
      setTrouble(whyNot(error));
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
        <Trouble text={trouble} />
        <button className="button wide">{t('desk.signIn')}</button>
      </form>
    </main>
  );
}
