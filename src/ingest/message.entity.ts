import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What was said, kept verbatim. */
@Entity('message')
@Index('message_source', ['sourceId', 'receivedAt'])
export class Message {
  @PrimaryColumn('uuid')
  id!: string;

  @PrimaryColumn('timestamptz', { name: 'received_at' })
  receivedAt!: Date;

  @Column('uuid', { name: 'source_id' })
  sourceId!: string;

  /** The sender's id; the same one again is the same message. */
  @Column('text', { name: 'message_id' })
  messageId!: string;

  /** What it is about, as far as it was understood on receipt. */
  @Column('text')
  kind!: string;

  /** Corrected by the sender's clock. */
  @Column('timestamptz', { name: 'occurred_at' })
  occurredAt!: Date;

  @Column('boolean')
  asserted!: boolean;

  /** The text as it came. */
  @Column('json')
  body!: unknown;
}
