import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { CodegenConfig } from '@graphql-codegen/cli';

const schema = process.env['FOYER_SCHEMA'] ?? 'schema.graphql';
if (!existsSync(schema)) throw new Error(`No schema at ${schema}. Run "npm run schema" first.`);

/** Pages that speak GraphQL; each gets only its own documents, so that a phone does not load the tablet's. */
const pages = ['tablet', 'phone', 'wallet', 'door', 'desk'].filter((page) => existsSync(`web/${page}/${page}.graphql`));

/** One file with every document of every page: what the server executes for tablets, by hash. */
function collectDocuments(): void {
  const all: Record<string, string> = {};
  for (const page of pages)
    Object.assign(all, JSON.parse(readFileSync(`web/${page}/graphql/persisted-documents.json`, 'utf8')));
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => a.localeCompare(b)));
  writeFileSync('web/persisted-documents.json', JSON.stringify(sorted, null, 2) + '\n');
}

const config: CodegenConfig = {
  schema,
  generates: Object.fromEntries(
    pages.map((page) => [
      `web/${page}/graphql/`,
      {
        preset: 'client',
        documents: [`web/${page}/${page}.graphql`],
        presetConfig: {
          fragmentMasking: false,
          persistedDocuments: {
            hashAlgorithm: (document: string) => createHash('sha256').update(document).digest('hex'),
            hashPropertyName: 'hash',
            mode: 'embedHashInDocument',
          },
        },
        config: {
          useTypeImports: true,
          enumsAsTypes: true,
          strictScalars: true,
          documentMode: 'string',
          skipTypename: true,
          scalars: { DateTime: 'string', SafeInt: 'number', Currency: 'string', JSONObject: 'Record<string, unknown>' },
        },
      },
    ]),
  ),
  hooks: { afterAllFileWrite: [collectDocuments] },
};
export default config;
