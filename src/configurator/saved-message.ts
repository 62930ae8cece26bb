import type { SourceView } from '../access/actor.js';
import type { Keepable } from '../ingest/judge.rules.js';
import type { ReceivedMessage } from '../ingest/tracking-event.js';
import type { SaveConfigurationInput } from './save-configuration.input.js';

/** A save as a message, for the intake and for the rules that read messages. */
export type SavedMessage = Omit<ReceivedMessage, 'id' | 'recordId'>;

/** A save in the words of the tracking API, so that it is kept, told and folded like every other message. */
export function savedMessage(
  input: SaveConfigurationInput,
  frame: {
    readonly source: SourceView;
    readonly asserted: boolean;
    readonly receivedAt: Date;
    readonly occurredAt: Date;
  },
): SavedMessage {
  const { identifiers, total, options, model } = input;
  const valueOf = (kind: string): string | undefined => identifiers.find((one) => one.kind === kind)?.value;
  return {
    ...frame,
    kind: 'configuration.saved',
    body: {
      type: 'track',
      event: 'Configuration Saved',
      messageId: `saveConfiguration:${input.idempotencyKey}`,
      userId: valueOf('account'),
      anonymousId: valueOf('device'),
      timestamp: frame.occurredAt.toISOString(),
      properties: {
        configuration_id: input.sessionId,
        model,
        model_label: input.modelLabel ?? undefined,
        options,
        abandoned: input.abandoned ?? undefined,
        total,
        image_url: input.imageUrl ?? undefined,
        url: input.url ?? undefined,
        visit_id: input.visitId ?? undefined,
      },
      context: { library: { name: 'saveConfiguration' }, identifiers },
    },
  };
}

/** The message as the intake keeps it. */
export function keepable({ kind, body, occurredAt, asserted }: SavedMessage): Keepable {
  return { messageId: String(body.messageId), kind, occurredAt, asserted, text: JSON.stringify(body) };
}
