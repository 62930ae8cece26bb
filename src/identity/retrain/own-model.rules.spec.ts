import { weightOf } from '../evidence/levels.rules.js';
import { model as shipped } from '../evidence/model.js';
import { modelWith } from './own-model.rules.js';

describe('an own version of the weights', () => {
  it('weighs as shipped by levels and fields that came after it, and by its own weights otherwise', () => {
    const { slip, ...earlier } = shipped.mail;
    const own = modelWith({ mail: { ...earlier, exact: 12 } }, 1001);
    expect(own.version).toBe(1001);
    expect(weightOf(own, 'mail', 'exact')).toBe(12);
    expect(weightOf(own, 'mail', 'slip')).toBe(slip);
    expect(weightOf(own, 'birth', 'exact')).toBe(shipped.birth.exact);
  });
});
