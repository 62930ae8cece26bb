import { correctedTime, instantOf, statedTimes } from './event-time.rules.js';

const receivedAt = new Date('2026-03-10T11:00:00.000Z');
const corrected = (body: Record<string, unknown>, batchSentAt?: unknown): string =>
  correctedTime(statedTimes(body, batchSentAt), receivedAt).toISOString();

describe('the corrected time of an event', () => {
  it('cancels a clock that is wrong, fast or slow', () => {
    expect(corrected({ timestamp: '2026-03-10T13:59:50Z', sentAt: '2026-03-10T14:00:00Z' })).toBe(
      '2026-03-10T10:59:50.000Z',
    );
    expect(corrected({ timestamp: '2025-01-01T00:00:00Z', sentAt: '2025-01-01T00:00:05Z' })).toBe(
      '2026-03-10T10:59:55.000Z',
    );
  });

  it('reads Rudder, that has only originalTimestamp, and the batch, that was sent as a whole', () => {
    expect(corrected({ originalTimestamp: '2026-03-10T10:00:00Z' }, '2026-03-10T10:00:30Z')).toBe(
      '2026-03-10T10:59:30.000Z',
    );
  });

  it('keeps what a server tells of the past', () => {
    expect(corrected({ timestamp: '2019-05-01T10:00:00Z' }, '2026-03-10T11:00:00Z')).toBe('2019-05-01T10:00:00.000Z');
    expect(corrected({ timestamp: '2019-05-01T10:00:00Z' })).toBe('2019-05-01T10:00:00.000Z');
    expect(corrected({ timestamp: 1556704800 })).toBe('2019-05-01T10:00:00.000Z');
  });

  it('is never later than received, and never absurd', () => {
    expect(corrected({ timestamp: '2031-01-01T00:00:00Z' })).toBe(receivedAt.toISOString());
    expect(corrected({ timestamp: '2026-03-10T10:00:09Z', sentAt: '2026-03-10T10:00:00Z' })).toBe(
      receivedAt.toISOString(),
    );
    expect(corrected({ timestamp: '0001-01-01T00:00:00Z' })).toBe(receivedAt.toISOString());
    expect(corrected({ timestamp: '2026-03-10T10:00:00Z', sentAt: '9999-01-01T00:00:00Z' })).toBe(
      '2026-03-10T10:00:00.000Z',
    );
    expect(corrected({})).toBe(receivedAt.toISOString());
  });

  it('cannot be read where it is no time of ours', () => {
    for (const absurd of ['yesterday', {}, true, 1e308, -210_866_803_200.001, '+275000-01-01T00:00:00Z']) {
      expect(instantOf(absurd)).toBeNaN();
    }
    expect(instantOf('2026-03-10T10:00:00Z')).toBe(Date.UTC(2026, 2, 10, 10));
    expect([instantOf(undefined), instantOf(null), instantOf('')]).toEqual([undefined, undefined, undefined]);
  });
});
