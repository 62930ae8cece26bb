import { NestFactory } from '@nestjs/core';
import { Field, GraphQLSchemaBuilderModule, GraphQLSchemaFactory, ObjectType, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLObjectType } from 'graphql';
import { plainFields } from './plain-fields.js';

@ObjectType()
class Car {
  @Field(() => String)
  model!: string;

  @Field(() => String, { name: 'shownName' })
  internalName!: string;

  @Field(() => String, { defaultValue: 'white' })
  colour!: string;

  @Field(() => String)
  owner!: string;
}

@Resolver(() => Car)
class CarResolver {
  @Query(() => Car)
  car(): object {
    return {};
  }
}

it('leaves resolvers only where a field is more than a property of its own name', async () => {
  const module = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  const schema = await module.get(GraphQLSchemaFactory).create([CarResolver]);
  const { model, shownName, colour, owner } = (schema.getType('Car') as GraphQLObjectType).getFields();
  if (owner) owner.resolve = () => 'Ada';
  expect(model?.resolve).toBeDefined();

  plainFields(schema);

  expect(model?.resolve).toBeUndefined();
  expect(shownName?.resolve).toBeDefined();
  expect(colour?.resolve).toBeDefined();
  expect(owner?.resolve).toBeDefined();
});
