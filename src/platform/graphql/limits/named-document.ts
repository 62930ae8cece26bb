import type { Naming, PersistedDocuments } from '../persisted-documents.js';

/** A frame whose document is only named, with the document in it; every other frame as it came. */
export function spelledOut(frame: string, documents: Pick<PersistedDocuments, 'named'>): string {
  if (!frame.includes('"persistedQuery"') && !frame.includes('"documentId"')) return frame;
  try {
    const { payload, ...rest } = JSON.parse(frame) as { payload?: Naming | null };
    const query = payload ? documents.named(payload) : undefined;
    return query === undefined ? frame : JSON.stringify({ ...rest, payload: { ...payload, query } });
  } catch {
    // What is no JSON is turned away by the gate.
    return frame;
  }
}
