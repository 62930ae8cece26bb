import { after, seconds } from '../shared/clock.js';
import { judgeRow, type PassRow } from './verdict.rules.js';

const now = new Date('2026-03-10T11:00:00Z');
const row: PassRow = {
  id: 'p-1',
  kind: 'PASS',
  record_id: 'r-ada',
  configuration_id: 'c-1',
  hash: null,
  key_id: null,
  strength: 'VERIFIED',
  expires_at: after(now, seconds(60)),
  used_at: null,
  used_visit_id: null,
  used_store_id: null,
  revoked_at: null,
};
const used = { used_at: now, used_visit_id: 'v-1', used_store_id: 's-1' };

describe('judging a pass or link', () => {
  it('finds a good one good, until the instant it ends', () => {
    expect(judgeRow(row, now)).toEqual({
      ...{
        state: 'known',
        shown: 'PASS',
        passId: 'p-1',
        recordId: 'r-ada',
        configurationId: 'c-1',
        strength: 'VERIFIED',
      },
    });
    expect(judgeRow(row, after(row.expires_at, -1))).toMatchObject({ state: 'known' });
    expect(judgeRow(row, row.expires_at)).toEqual({ state: 'expired', passId: 'p-1', expiredAt: row.expires_at });
  });

  it('says where a used one was used, even when it has ended since', () => {
    const verdict = { state: 'used', visitId: 'v-1', storeId: 's-1', usedAt: now };
    expect(judgeRow({ ...row, ...used }, now)).toMatchObject(verdict);
    expect(judgeRow({ ...row, ...used }, after(now, seconds(3600)))).toMatchObject(verdict);
  });

  it('does not know one that was revoked', () => {
    expect(judgeRow({ ...row, ...used, revoked_at: now }, now)).toEqual({ state: 'unknown' });
  });
});
