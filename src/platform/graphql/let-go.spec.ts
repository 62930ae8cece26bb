import { setImmediate as turn } from 'node:timers/promises';
import { letGo } from './let-go.js';

describe('an answer of a subscription', () => {
  it('is whole until the turn in which it is written has ended, and holds nothing afterwards', async () => {
    const execution = { data: { arrivals: { kind: 'ARRIVED' } } };
    letGo(execution);
    await Promise.resolve();
    expect(JSON.stringify(execution)).toBe('{"data":{"arrivals":{"kind":"ARRIVED"}}}');
    await turn();
    expect(execution).toEqual({});
  });
});
