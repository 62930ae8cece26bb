import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What somebody allowed or forbade, for a purpose and a channel; `any` is every channel that is not named itself. */
@Entity('consent')
export class Consent {
  @PrimaryColumn('uuid', { name: 'record_id' })
  recordId!: string;

  @PrimaryColumn('text')
  purpose!: string;

  @PrimaryColumn('text', { default: 'any' })
  channel!: string;

  @Column('boolean')
  granted!: boolean;

  @Column('timestamptz')
  at!: Date;

  @Column('uuid', { name: 'source_id' })
  sourceId!: string;
}
