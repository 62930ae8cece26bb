import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { Query, Resolver } from '@nestjs/graphql';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AllowCheck } from './allow-check.js';
import { Allow } from './allow.js';

@Resolver()
class Careful {
  @Query(() => String)
  @Allow('STAFF')
  fine(): string {
    return 'fine';
  }
}

@Resolver()
class Careless {
  @Query(() => String)
  forgotten(): string {
    return 'forgotten';
  }
}

@Controller('careless')
class CarelessRoutes {
  @Get()
  open(): string {
    return 'open';
  }
}

const start = async (...providers: (new () => object)[]) => {
  @Module({
    imports: [DiscoveryModule],
    providers: [AllowCheck, ...providers.filter((one) => one !== CarelessRoutes)],
    controllers: providers.filter((one) => one === CarelessRoutes),
  })
  class Room {}
  const app = await NestFactory.create(Room, new FastifyAdapter(), { logger: false, abortOnError: false });
  await app.init();
};

it('does not start with a root field that nobody has said who may call', async () => {
  await expect(start(Careful, Careless)).rejects.toThrow('Careless.forgotten: add @Allow to say who may call it.');
});

it('does not start with such a route', async () => {
  await expect(start(Careful, CarelessRoutes)).rejects.toThrow('CarelessRoutes.open: add @Allow');
});

it('starts when everything is said', async () => {
  await expect(start(Careful)).resolves.toBeUndefined();
});
