import { Injectable, RequestMethod, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { openRoute } from '../platform/http/open-route.js';
import { allowed } from './allow.js';

// Where @nestjs/graphql and @nestjs/common keep what a method is.
const rootField = 'graphql:resolver_type';
const route = 'method';
const roots = ['Query', 'Mutation', 'Subscription'];

/** Keeps the process from starting with a root field or route that nobody has said who may call. */
@Injectable()
export class AllowCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly methods: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const missing = [...this.discovery.getProviders(), ...this.discovery.getControllers()]
      .map(({ instance }) => instance as object | null)
      .filter((instance) => instance !== null && typeof instance === 'object')
      .flatMap((instance) => doorsWithoutAllow(Object.getPrototypeOf(instance) as object | null, this.methods));
    if (missing.length > 0) throw new Error(`${missing.join(', ')}: add @Allow to say who may call it.`);
  }
}

/** The root fields and routes of a class, given by its prototype, that nobody has said who may call. */
export function doorsWithoutAllow(prototype: object | null, methods = new MetadataScanner()): string[] {
  if (prototype === null || Reflect.hasMetadata(allowed, prototype.constructor)) return [];
  const members = prototype as Record<string, object>;
  return methods
    .getAllMethodNames(prototype)
    .filter((name) => isDoor(members[name]) && !isDecided(members[name] ?? {}))
    .map((name) => `${prototype.constructor.name}.${name}`);
}

function isDoor(method: object | undefined): boolean {
  if (method === undefined) return false;
  const verb = Reflect.getMetadata(route, method) as RequestMethod | undefined;
  return verb !== undefined || roots.includes(Reflect.getMetadata(rootField, method) as string);
}

function isDecided(method: object): boolean {
  return Reflect.hasMetadata(allowed, method) || Reflect.hasMetadata(openRoute, method);
}
