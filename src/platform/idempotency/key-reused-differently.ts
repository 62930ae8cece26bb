import { ObjectType } from '@nestjs/graphql';
import { Refusal } from '../graphql/refusal.js';

/** The key was used before, for something else. */
@ObjectType({
  implements: () => Refusal,
  description: 'The key was used before, for something else; nothing was done. Send again with a key of its own.',
})
export class KeyReusedDifferently extends Refusal {
  override readonly code = 'KEY_REUSED_DIFFERENTLY';
  override readonly message = 'This key was used before for something else. Please send again with a new key.';
}
