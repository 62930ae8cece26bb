import { Entity, PrimaryColumn } from 'typeorm';

/** That a message was kept once; without expiry, so that it is never kept twice. */
@Entity('message_key')
export class MessageKey {
  @PrimaryColumn('uuid', { name: 'source_id' })
  sourceId!: string;

  @PrimaryColumn('text', { name: 'message_id' })
  messageId!: string;
}
