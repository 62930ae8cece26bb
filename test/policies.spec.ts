import 'reflect-metadata';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { doorsWithoutAllow } from '../src/access/allow-check.js';
import { applyPolicies } from '../src/access/apply-policies.js';
import { expectCommitted } from './support/committed.js';

const src = join(import.meta.dirname, '../src');

/** The classes that files of a kind export, with everything that comes with them. */
async function exportedBy(pattern: RegExp): Promise<Type[]> {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => pattern.test(file));
  const parts: unknown[] = [];
  // Jest cannot import several modules at once.
  for (const file of files) parts.push(...Object.values((await import(join(src, file))) as object));
  return parts.filter((part): part is Type => typeof part === 'function');
}

// `npm run check` runs these: what a process would find missing at its start is found in the build, and without a database.
describe('the schema that the code says', () => {
  let schema: GraphQLSchema;
  let resolvers: Type[];

  beforeAll(async () => {
    await exportedBy(/\.policies\.ts$/);
    resolvers = await exportedBy(/\.resolver\.ts$/);
    const builder = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
    schema = await builder.get(GraphQLSchemaFactory).create(resolvers);
    await builder.close();
  });

  it('is the committed schema.graphql', () => {
    expectCommitted('schema.graphql', `${printSchema(lexicographicSortSchema(schema))}\n`);
  });

  it('says of every field who may read it', () => {
    expect(() => applyPolicies(schema)).not.toThrow();
  });

  it('says of every root field and route who may call it', async () => {
    const doors = [...resolvers, ...(await exportedBy(/\.controller\.ts$/))];
    expect(doors.flatMap(({ prototype }) => doorsWithoutAllow(prototype as object | null))).toEqual([]);
  });
});
