import { keyByInput } from './ids.js';

describe('the key of what is sent', () => {
  const otto = { calledName: 'Otto', partySize: 1 };

  it('stays with the same input, and is another after any correction', () => {
    const keyOf = keyByInput();
    const first = keyOf(otto);
    const corrected = keyOf({ ...otto, partySize: 2 });
    expect(corrected).not.toBe(first);
    expect(keyOf({ ...otto })).toBe(first);
  });

  it('is another on another page, short, and tells nothing of the input', () => {
    const long = { calledName: 'Otto '.repeat(60) };
    expect(keyByInput()(long)).not.toBe(keyByInput()(long));
    expect(keyByInput()(long)).toMatch(/^[0-9a-f]{32}$/);
  });
});
