import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';

interface Body {
  readonly query?: string;
  readonly documentId?: string;
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash?: string } };
}

/** Documents known by their SHA-256, so that a client sends 64 characters instead of a kilobyte. */
@Injectable()
export class PersistedDocuments {
  private readonly documents = new Map<string, string>();

  /** Adds a document and returns its id. */
  add(document: string): string {
    const id = createHash('sha256').update(document).digest('hex');
    this.documents.set(id, document);
    return id;
  }

  /** Adds the documents of a JSON file (id → document); a file that is not there adds nothing. */
  load(file: string): void {
    if (!existsSync(file)) return;
    for (const document of Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>))
      this.add(document);
  }

  /** The part Mercurius asks; `documentId` or the `persistedQuery` extension of Apollo's protocol names a document. */
  provider(): object {
    const idOf = (body: Body): string | undefined => body.documentId ?? body.extensions?.persistedQuery?.sha256Hash;
    return {
      isPersistedQuery: (body: Body) => body.query === undefined && idOf(body) !== undefined,
      getHash: idOf,
      getQueryFromHash: (id: string) => Promise.resolve(this.documents.get(id)),
      notFoundError: 'PersistedQueryNotFound',
      notSupportedError: 'PersistedQueryNotSupported',
    };
  }
}
