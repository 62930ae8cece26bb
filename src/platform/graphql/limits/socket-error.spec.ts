import { Logger } from '@nestjs/common';
import { withoutInternals } from './socket-error.js';

Logger.overrideLogger(false);

const sent = (error: object) => {
  const frame = JSON.parse(withoutInternals(JSON.stringify({ type: 'error', id: '1', payload: [error] }))) as {
    payload: { message: string; extensions: { code: string; faultId?: string } }[];
  };
  return frame.payload[0];
};

it('hides what was not meant for the client under a fault id', () => {
  const error = sent({ message: 'column "x" of relation "customer" does not exist' });
  expect(error?.extensions).toEqual({ code: 'INTERNAL', faultId: expect.any(String) });
  expect(error?.message).not.toContain('customer');
});

it.each([
  [{ message: 'Syntax Error: Unexpected "}"' }, 'GRAPHQL_PARSE_FAILED'],
  [{ message: 'Cannot query "x". Did you mean "y"?', extensions: { code: 'SOME_CODE' } }, 'SOME_CODE'],
  [{ message: 'Variable "$x" got invalid value "z". Did you mean "y"?' }, 'GRAPHQL_VALIDATION_FAILED'],
  [{ message: 'This token may not do that.', extensions: { code: 'FORBIDDEN' } }, 'FORBIDDEN'],
  [{ message: 'Connection terminated unexpectedly' }, 'UNAVAILABLE'],
])('lets through what a client may read: %j', (error, code) => {
  expect(sent(error)?.extensions.code).toBe(code);
  expect(sent(error)?.message).not.toContain('Did you mean');
});

it('leaves other frames as they are', () => {
  expect(withoutInternals('{"type":"next","id":"1","payload":{}}')).toBe('{"type":"next","id":"1","payload":{}}');
});
