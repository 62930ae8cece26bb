import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { GraphQLError } from 'graphql';

/** What names a document: `documentId`, or the `persistedQuery` extension of Apollo's protocol. */
export interface Naming {
  readonly query?: unknown;
  readonly documentId?: unknown;
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash?: unknown } | null } | null;
}

/** What Mercurius says of a hash that stands for no document here; of a request that names nothing it says something else. */
export const documentNotKept = 'PersistedQueryNotFound';

/** A tablet asked for a document that nobody made known beforehand. */
export class DocumentNotKnown extends GraphQLError {
  readonly statusCode = 400;

  constructor() {
    const message =
      'In production a tablet runs only documents that are known beforehand. Add yours to a file of TABLET_DOCUMENTS.';
    super(message, { extensions: { code: 'DOCUMENT_NOT_KNOWN' } });
  }
}

/** Documents known by their SHA-256, so that a client sends 64 characters instead of a kilobyte. */
@Injectable()
export class PersistedDocuments {
  private readonly documents = new Map<string, string>();
  private readonly texts = new Set<string>();

  /** Adds a document and returns its id. */
  add(document: string): string {
    const id = createHash('sha256').update(document).digest('hex');
    this.documents.set(id, document);
    this.texts.add(document);
    return id;
  }

  /** Adds the documents of a JSON file (name → document). @throws when there is no such file, or it is none of that kind */
  load(file: string): void {
    const documents = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    for (const [name, document] of Object.entries(documents)) {
      if (typeof document !== 'string') throw new Error(`${file}: "${name}" is not the text of a document.`);
      this.add(document);
    }
  }

  /** Adds the documents of a file that need not be there. */
  loadIfThere(file: string): void {
    if (existsSync(file)) this.load(file);
  }

  /** Whether somebody made this text known beforehand. */
  knows(text: string): boolean {
    return this.texts.has(text);
  }

  /** The text that a request names instead of carrying it; undefined if it names none that is known. */
  named(naming: Naming): string | undefined {
    const id = idOf(naming);
    return naming.query ? undefined : id && this.documents.get(id);
  }

  /** The part Mercurius asks. */
  provider(): object {
    return {
      isPersistedQuery: (body: Naming) => body.query === undefined && idOf(body) !== undefined,
      getHash: idOf,
      getQueryFromHash: (id: string) => Promise.resolve(this.documents.get(id)),
      notFoundError: documentNotKept,
      notSupportedError: 'PersistedQueryNotSupported',
    };
  }
}

function idOf({ documentId, extensions }: Naming): string | undefined {
  const id = documentId ?? extensions?.persistedQuery?.sha256Hash;
  return typeof id === 'string' ? id : undefined;
}
