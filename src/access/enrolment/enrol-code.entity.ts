import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Tablet } from '../tablet.entity.js';

/** A code that enrols one tablet once, within minutes; only its hash is kept. */
@Entity('enrol_code')
export class EnrolCode {
  @PrimaryColumn('bytea')
  hash!: Buffer;

  @Column('uuid', { name: 'tablet_id' })
  @ForeignKey(() => Tablet, { name: 'enrol_code_tablet_id_fkey', onDelete: 'CASCADE' })
  @Index('enrol_code_tablet')
  tabletId!: string;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
