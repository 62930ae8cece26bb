import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Tablet } from '../tablet.entity.js';

/** The public half of the key that an enrolled tablet made and cannot hand out; it proves who it is by signing. */
@Entity('tablet_key')
export class TabletKey {
  @PrimaryColumn('uuid', { name: 'tablet_id' })
  @ForeignKey(() => Tablet, { name: 'tablet_key_tablet_id_fkey', onDelete: 'CASCADE' })
  tabletId!: string;

  /** ECDSA P-256 as a JSON Web Key (RFC 7517). */
  @Column('jsonb', { name: 'public_key' })
  publicKey!: object;

  @Column('timestamptz', { name: 'enrolled_at' })
  enrolledAt!: Date;

  @Column('timestamptz', { name: 'seen_at' })
  seenAt!: Date;
}
