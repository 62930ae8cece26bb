import 'reflect-metadata';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { doorsWithoutAllow } from './access/allow-check.js';
import { applyPolicies } from './access/apply-policies.js';
import { classesOf } from './access/classes-of.js';

const sources = join(import.meta.dirname, '../../src');

/** The classes that files of a kind export, with everything that comes with them; what is left of a source that has gone is not asked. */
async function exportedBy(kind: RegExp): Promise<Type[]> {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) => kind.test(file));
  const compiled = files.map((file) => join(import.meta.dirname, file.replace(/ts$/, 'js')));
  const modules = await Promise.all(compiled.map((file) => import(file) as Promise<object>));
  return classesOf(modules);
}

/** Runs at the end of `npm run build`: what a process would find missing at its start fails the build, without a database. */
async function check(): Promise<void> {
  await exportedBy(/\.policies\.ts$/);
  const resolvers = await exportedBy(/\.resolver\.ts$/);
  const builder = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  applyPolicies(await builder.get(GraphQLSchemaFactory).create(resolvers));
  const doors = [...resolvers, ...(await exportedBy(/\.controller\.ts$/))];
  const open = doors.flatMap(({ prototype }) => doorsWithoutAllow(prototype as object | null));
  if (open.length > 0) throw new Error(`${open.join(', ')}: add @Allow to say who may call it.`);
}

try {
  await check();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
