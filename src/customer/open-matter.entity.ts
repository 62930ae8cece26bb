import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** Something a department has not settled with somebody: a service case, an invoice. No object type: its content stays there. */
@Entity('open_matter')
@Unique('open_matter_source_id_reference_key', ['sourceId', 'reference'])
@Index('open_matter_record', ['recordId'])
export class OpenMatter {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'record_id' })
  recordId!: string;

  @Column('uuid', { name: 'source_id' })
  sourceId!: string;

  @Column('text')
  department!: string;

  /** What the source calls it: a case number, an invoice number. */
  @Column('text')
  reference!: string;

  @Column('text')
  summary!: string;

  /** She complains. */
  @Column('boolean', { default: false })
  complaint!: boolean;

  /** The epoch while only its end is known. */
  @Column('timestamptz', { name: 'opened_at' })
  openedAt!: Date;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;
}
