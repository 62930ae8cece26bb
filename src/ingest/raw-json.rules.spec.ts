import fc from 'fast-check';
import { runs } from '../../test/support/runs.js';
import { depthOf, rawElements } from './raw-json.rules.js';

describe('the elements of a list in a JSON text', () => {
  it('are cut out exactly as they were written', () => {
    const json =
      '{ "sentAt" : "x" , "batch":[ {"n": 12345678901234567890,"a":1,"a":2} , "t,]", [1 ,2], 3,null ], "z":{"batch":[9]} }';
    expect(rawElements(json, 'batch').map((each) => each.text)).toEqual([
      '{"n": 12345678901234567890,"a":1,"a":2}',
      '"t,]"',
      '[1 ,2]',
      '3',
      'null',
    ]);
  });

  it('are those of the last key of that name, as JSON.parse has it', () => {
    expect(rawElements('{"batch":[1],"b\\u0061tch":[2,3]}', 'batch').map((each) => each.text)).toEqual(['2', '3']);
    expect(rawElements('{"batch":[1],"batch":7}', 'batch')).toEqual([]);
  });

  it('know how deep they are nested', () => {
    expect(rawElements('{"batch":[{"a":[{}]},1]}', 'batch').map((each) => each.depth)).toEqual([3, 0]);
    expect(depthOf('  {"a":"[[["}')).toBe(1);
  });

  it('parse to the same as the whole, whatever it is', () => {
    const space = fc.constantFrom('', ' ', '\n\t');
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()), space, (batch, rest, pad) => {
        const json = `${pad}${JSON.stringify({ ...rest, batch }, null, pad)}${pad}`;
        expect(rawElements(json, 'batch').map((each) => JSON.parse(each.text) as unknown)).toEqual(
          (JSON.parse(json) as { batch: unknown[] }).batch,
        );
      }),
      { numRuns: runs(20_000) },
    );
  });
});
