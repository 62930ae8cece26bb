import '../design/base.css';
import './door.css';
import { Unreachable, ask } from '../shared/ask.js';
import { typedIn } from '../shared/form.js';
import { keyByInput } from '../shared/ids.js';
import { make, show } from '../shared/make.js';
import { applyTheme } from '../shared/theme.js';
import { speak, t } from '../shared/words.js';
import { AnnounceDocument, type AnnounceInput, type AnnounceMutation } from './graphql/graphql.js';

const storeCode = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const keyOf = keyByInput();

/** The page behind the sign at the door: "I am here", with a code or only a name to call out. */
function offerArrival(): void {
  const trouble = make('p', { class: 'trouble', role: 'alert', hidden: true });
  const button = make('button', { class: 'button wide' }, t('door.button'));
  const form = make(
    'form',
    { class: 'announce', novalidate: true },
    field('code', t('door.code'), t('door.codeHint'), { autocapitalize: 'characters', spellcheck: 'false' }),
    field('calledName', t('door.name'), t('door.nameHint'), { autocomplete: 'given-name', maxlength: 80 }),
    party(),
    trouble,
    button,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const input = inputOf(new FormData(form));
    const say = (words: string) => {
      trouble.textContent = words;
      trouble.hidden = !words;
      button.disabled = false;
      button.textContent = t('door.button');
    };
    if (!input.code && !input.calledName) return say(t('door.needOne'));
    say('');
    button.disabled = true;
    button.textContent = t('door.sending');
    void announce(input, say);
  });
  show(
    make(
      'main',
      { class: 'door' },
      make('h1', {}, t('door.title')),
      make('p', { class: 'soft' }, t('door.words')),
      form,
    ),
  );
}

async function announce(input: AnnounceInput, say: (words: string) => void): Promise<void> {
  try {
    const { announce: answer } = await ask(AnnounceDocument, { input });
    if (answer.__typename === 'Announced') return welcome(answer);
    say(
      answer.__typename === 'TooManyAttempts' ? t('door.tooMany', { count: answer.retryAfterSeconds }) : answer.message,
    );
  } catch (error) {
    say(t(error instanceof Unreachable ? 'door.offline' : 'door.fault'));
  }
}

function welcome(said: Extract<AnnounceMutation['announce'], { __typename: 'Announced' }>): void {
  const heading = make('h1', { tabindex: -1 }, t('door.thanks'));
  show(
    make(
      'main',
      { class: 'door welcome' },
      make('span', { class: 'tick', 'aria-hidden': 'true' }, '✓'),
      heading,
      make('p', { class: 'message' }, said.message),
    ),
  );
  heading.focus();
}

function inputOf(form: FormData): AnnounceInput {
  const text = (name: string) => typedIn(form, name);
  const said = {
    storeCode,
    partySize: Number(form.get('partySize')),
    ...(text('code') ? { code: text('code') } : {}),
    ...(text('calledName') ? { calledName: text('calledName') } : {}),
  };
  return { ...said, idempotencyKey: keyOf(said) };
}

function field(name: string, label: string, hint: string, attributes: Record<string, string | number>): HTMLElement {
  return make(
    'label',
    { class: 'field' },
    make('span', {}, label),
    make('input', { name, maxlength: 200, autocomplete: 'off', ...attributes }),
    make('small', {}, hint),
  );
}

function party(): HTMLElement {
  const sizes = [1, 2, 3, 4, 5, 6].map((size) =>
    make(
      'label',
      { class: 'size' },
      make('input', { type: 'radio', name: 'partySize', value: size, checked: size === 1 }),
      make('span', {}, String(size)),
    ),
  );
  return make('fieldset', { class: 'party' }, make('legend', {}, t('door.party')), make('div', {}, ...sizes));
}

applyTheme();
await speak();
offerArrival();
