import type { Naming, PersistedDocuments } from './persisted-documents.js';

/**
 * A frame whose document is only named, with the document in it, or with an empty one where it is not known, because the protocol
 * demands a text; every other frame as it came.
 */
export function spelledOut(frame: string, documents: Pick<PersistedDocuments, 'named'>): string {
  if (!frame.includes('"persistedQuery"') && !frame.includes('"documentId"')) return frame;
  try {
    const { payload, ...rest } = JSON.parse(frame) as { payload?: Naming | null };
    if (!payload || payload.query) return frame;
    return JSON.stringify({ ...rest, payload: { ...payload, query: documents.named(payload) ?? '' } });
  } catch {
    // The protocol turns away what is no JSON.
    return frame;
  }
}
