import { createHash } from 'node:crypto';
import { canonical } from '../shared/canonical.js';
import type { ConfigurationEvent } from './configuration-event.js';

/** The id of an event, made from what was said: the same message has the same id in whatever order and how often it comes. */
export function eventId(messageId: unknown, { kind, said }: Pick<ConfigurationEvent, 'kind' | 'said'>): string {
  const digest = createHash('sha256').update(canonical({ messageId, kind, said })).digest('hex');
  return digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
