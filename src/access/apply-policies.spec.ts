import { buildSchema, graphql, type GraphQLObjectType } from 'graphql';
import { publicActor, type Actor } from './actor.js';
import { applyPolicies } from './apply-policies.js';
import { definePolicies, only, onlyRoles, open } from './policy.js';

const schemaOf = (name: string) =>
  buildSchema(`type Query { car: ${name} } type ${name} { model: String! margin: Int owner: String! }`);
const car = { car: { model: 'City', margin: 7, owner: 'Ada' } };
const finance: Actor = { ...publicActor('127.0.0.1', 'en'), kind: 'STAFF', roles: ['FINANCE'] };
const associate: Actor = { ...finance, roles: ['ASSOCIATE'] };

definePolicies('Car', {
  model: open,
  margin: onlyRoles('FINANCE'),
  owner: only<{ model: string }>(
    'those who sell cities',
    (actor, { model }) => actor.roles.length > 0 && model === 'City',
  ),
});
definePolicies('HalfCar', { model: open, colour: open });

const ask = (source: string, actor?: Actor, rootValue: object = car) =>
  graphql({ schema: applyPolicies(schemaOf('Car')), source, rootValue, contextValue: { actor } });

it('names every field without a policy and every policy without a field', () => {
  expect(() => applyPolicies(schemaOf('HalfCar'))).toThrow(
    /HalfCar\.margin has no policy\.\nHalfCar\.owner has no policy\.\nHalfCar\.colour has a policy but is no field\./,
  );
});

it('shows a field to whom its policy allows', async () => {
  expect((await ask('{ car { model margin owner } }', finance)).data).toEqual(car);
});

it('shows null where a field may be null', async () => {
  const { data, errors } = await ask('{ car { model margin } }', associate);
  expect(data).toEqual({ car: { model: 'City', margin: null } });
  expect(errors).toBeUndefined();
});

it('refuses by the object that holds the field', async () => {
  const { errors } = await ask('{ car { owner } }', associate, { car: { ...car.car, model: 'Estate' } });
  expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
});

it('shows nothing guarded to a caller nobody has recognised', async () => {
  const { errors } = await ask('{ car { margin } }');
  expect(errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
});

it('costs an open field nothing', () => {
  const type = applyPolicies(schemaOf('Car')).getType('Car') as GraphQLObjectType;
  expect(type.getFields()['model']?.resolve).toBeUndefined();
});
