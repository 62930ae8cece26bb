import { FrameGate, mostSubscriptions } from './frame-gate.js';

const init = JSON.stringify({ type: 'connection_init' });
const subscribe = (id: unknown, query: unknown = 'subscription { a }') =>
  JSON.stringify({ type: 'subscribe', id, payload: { query } });

function introduced(): FrameGate {
  const gate = new FrameGate(100);
  expect(gate.receive(init)).toBe('pass');
  return gate;
}

it('closes a socket that subscribes before it introduces itself', () => {
  expect(new FrameGate(100).receive(subscribe('1'))).toMatchObject({ close: 4401 });
});

it.each(['null', '5', '[]', '{', '', '{}', '{"type":"next"}'])('closes a socket that sends %s', (text) => {
  expect(introduced().receive(text)).toMatchObject({ close: 4400 });
});

it('allows one subscription an id, and the id again once it has ended', () => {
  const gate = introduced();
  expect(gate.receive(subscribe('1'))).toBe('pass');
  expect(gate.receive(subscribe('1'))).toMatchObject({ close: 4409 });
  gate.send('{"type":"complete","id":"1"}');
  expect(gate.receive(subscribe('1'))).toBe('pass');
  expect(gate.receive('{"type":"complete","id":"1"}')).toBe('pass');
  expect(gate.receive(subscribe('1'))).toBe('pass');
});

it('bounds the subscriptions of one socket', () => {
  const gate = introduced();
  for (let n = 0; n < mostSubscriptions; n += 1) expect(gate.receive(subscribe(`s${n}`))).toBe('pass');
  expect(gate.receive(subscribe('more'))).toMatchObject({ reply: { id: 'more', type: 'error' } });
});

it.each([undefined, 7, '', 'x'.repeat(101)])('closes a socket whose subscription has the id %s', (id) => {
  expect(introduced().receive(subscribe(id))).toMatchObject({ close: 4400 });
});

it.each([{ variables: '' }, { variables: 7 }, { variables: ['a'] }, { operationName: 5 }, { operationName: {} }])(
  'refuses a subscription with %j, and says what is wrong',
  (wrong) => {
    const payload = { query: 'subscription { a }', ...wrong };
    const verdict = introduced().receive(JSON.stringify({ type: 'subscribe', id: '1', payload }));
    expect(verdict).toMatchObject({ reply: { id: '1', payload: [{ extensions: { code: 'BAD_USER_INPUT' } }] } });
  },
);

it.each([{ variables: null }, { variables: {} }, { operationName: null }])('takes a subscription with %j', (right) => {
  const payload = { query: 'subscription { a }', ...right };
  expect(introduced().receive(JSON.stringify({ type: 'subscribe', id: '1', payload }))).toBe('pass');
});

it('counts the words of a document', () => {
  const verdict = introduced().receive(subscribe('1', `subscription { ${'a '.repeat(200)} }`));
  expect(verdict).toMatchObject({ reply: { payload: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] } });
});
