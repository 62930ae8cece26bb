import { Crowd } from './crowd.js';

describe('a crowd', () => {
  it('lets in as many as there is room for, and the next when one has left', () => {
    const crowd = new Crowd(2);
    const leave = crowd.enter();
    expect(crowd.enter()).toBeDefined();
    expect(crowd.enter()).toBeUndefined();
    leave?.();
    expect(crowd.enter()).toBeDefined();
    expect(crowd.enter()).toBeUndefined();
  });
});
