import { PersistedDocuments } from './persisted-documents.js';
import { spelledOut } from './named-document.js';

const document = 'subscription { arrivals { cursor } }';
const documents = new PersistedDocuments();
const id = documents.add(document);
const frame = (payload: unknown) => JSON.stringify({ id: '1', type: 'subscribe', payload });

it.each([
  ['Apollo’s extension and no text', { extensions: { persistedQuery: { version: 1, sha256Hash: id } }, query: '' }],
  ['its id', { documentId: id }],
])('puts the document into a frame that names it by %s', (_how, payload) => {
  expect(JSON.parse(spelledOut(frame(payload), documents))).toMatchObject({ id: '1', payload: { query: document } });
});

it.each([{ documentId: 'unknown' }, { documentId: 5 }])(
  'puts an empty text for %j, which names nothing known',
  (payload) => {
    expect(JSON.parse(spelledOut(frame(payload), documents))).toMatchObject({ payload: { ...payload, query: '' } });
  },
);

it.each([
  frame({ query: 'subscription { other }', documentId: id }),
  frame(null),
  '{"documentId"',
  'null "documentId"',
])('leaves any other frame as it came: %s', (text) => {
  expect(spelledOut(text, documents)).toBe(text);
});
