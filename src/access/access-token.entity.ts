import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Staff } from './staff.entity.js';
import { Tablet } from './tablet.entity.js';

/** A token of a tablet, of a member of staff, or of staff on shift at one tablet; only its hash is kept. */
@Entity('access_token')
@Unique('access_token_hash_key', ['hash'])
@Check('access_token_check', `"tablet_id" IS NOT NULL OR "staff_id" IS NOT NULL`)
export class AccessToken {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('bytea')
  hash!: Buffer;

  @Column('uuid', { name: 'tablet_id', nullable: true })
  @ForeignKey(() => Tablet, { name: 'access_token_tablet_id_fkey' })
  @Index('access_token_tablet')
  tabletId!: string | null;

  @Column('uuid', { name: 'staff_id', nullable: true })
  @ForeignKey(() => Staff, { name: 'access_token_staff_id_fkey' })
  @Index('access_token_staff')
  staffId!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}
