import { answersLate } from './open.js';

it.each([
  [Object.assign(new Error('the database system is starting up'), { code: '57P03' }), true],
  [new Error('timeout exceeded when trying to connect'), true],
  [new Error('Connection terminated due to connection timeout'), true],
  [Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }), false],
  [Object.assign(new Error('password authentication failed'), { code: '28P01' }), false],
])('asks again only those who are there (%#)', (error, again) => {
  expect(answersLate(error)).toBe(again);
});
