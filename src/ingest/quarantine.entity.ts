import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { BadReason } from './judge.rules.js';

/** A message that could not be kept or understood, with its reason, until somebody settles it. */
@Entity('quarantine')
@Index('quarantine_open', ['receivedAt'], { where: '"settled_at" IS NULL' })
export class Quarantined {
  /** The id of the kept message if it was kept and could not be understood. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'source_id' })
  sourceId!: string;

  @Column('timestamptz', { name: 'received_at' })
  receivedAt!: Date;

  /** For machines. */
  @Column('text')
  reason!: BadReason;

  /** In words. */
  @Column('text')
  detail!: string;

  /** The caller asserts; judged anew with the signature when it is replayed. */
  @Column('boolean')
  asserted!: boolean;

  /** The text as it came, which may be no JSON at all. */
  @Column('text')
  body!: string;

  /** When its batch said that it was sent. */
  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;

  @Column('timestamptz', { name: 'settled_at', nullable: true })
  settledAt!: Date | null;

  /** What became of it. */
  @Column('text', { nullable: true })
  settlement!: string | null;
}
