import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Store } from './store.entity.js';

/** A device of a store; with its token alone it acts as an associate there. */
@Entity('tablet')
export class Tablet {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'store_id' })
  @ForeignKey(() => Store, { name: 'tablet_store_id_fkey' })
  storeId!: string;

  @Column('text')
  name!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}
