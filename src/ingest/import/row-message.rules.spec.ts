import { guessMapping } from './mapping.rules.js';
import { readRow } from './row-message.rules.js';

const frame = { country: 'DE', now: new Date('2026-03-10T11:00:00Z') };

function bad(headings: string, cells: string): { reason: string | undefined; text: unknown } {
  const row = { line: 2, cells: cells.split(',') };
  const read = readRow(row, guessMapping(headings.split(',')), frame);
  return { reason: read.bad?.reason, text: JSON.parse(read.bad?.text ?? 'null') as unknown };
}

it('keeps of a row that is put aside what is wrong with it, for whoever repairs it', () => {
  const orders = 'order id,order date,customer id,total';
  expect(bad(orders, 'A-3,07.01.2026,K2,much')).toMatchObject({
    reason: 'amount-unreadable',
    text: { timestamp: '2026-01-07T00:00:00.000Z', properties: { order_id: 'A-3', total: 'much' } },
  });
  expect(bad(orders, 'A-4,31.02.2026,K2,10')).toMatchObject({
    reason: 'time-unreadable',
    text: { timestamp: '31.02.2026', properties: { total: '10' } },
  });
  expect(bad(orders, 'A-5,01.01.2027,K2,10')).toMatchObject({
    reason: 'time-in-future',
    text: { timestamp: '2027-01-01T00:00:00.000Z' },
  });
  expect(bad('id,birth date', '7,2031-01-01')).toMatchObject({ text: { traits: { birthday: '2031-01-01' } } });
  expect(bad('id,name,note', 'N/A,-,call later')).toEqual({
    reason: 'names-nobody',
    text: { row: { id: 'N/A', name: '-', note: 'call later' } },
  });
});
