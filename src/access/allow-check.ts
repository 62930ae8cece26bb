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
      .flatMap((instance) => this.withoutAllow(instance));
    if (missing.length > 0) throw new Error(`${missing.join(', ')}: add @Allow to say who may call it.`);
  }

  private withoutAllow(instance: object): string[] {
    const prototype = Object.getPrototypeOf(instance) as Record<string, object> | null;
    if (prototype === null || Reflect.hasMetadata(allowed, instance.constructor)) return [];
    return this.methods
      .getAllMethodNames(prototype)
      .filter((name) => isDoor(prototype[name]) && !isDecided(prototype[name] ?? {}))
      .map((name) => `${instance.constructor.name}.${name}`);
  }
}

function isDoor(method: object | undefined): boolean {
  if (method === undefined) return false;
  const verb = Reflect.getMetadata(route, method) as RequestMethod | undefined;
  return verb !== undefined || roots.includes(Reflect.getMetadata(rootField, method) as string);
}

function isDecided(method: object): boolean {
  return Reflect.hasMetadata(allowed, method) || Reflect.hasMetadata(openRoute, method);
}
