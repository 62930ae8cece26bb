import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Store } from './store.entity.js';

/** A system that tells of people: the web shop, the point of sale, service, finance, or a store itself. */
@Entity('source')
@Unique('source_code_key', ['code'])
export class Source {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  code!: string;

  @Column('text')
  name!: string;

  @Column('text')
  kind!: string;

  @Column('text')
  department!: string;

  /** ISO 3166 alpha-2; telephone numbers without a prefix are read as numbers of this country. */
  @Column('text')
  country!: string;

  /** The retailer declares that it may identify people. */
  @Column('boolean', { default: false })
  trusted!: boolean;

  /** The store it stands for or stands in. */
  @Column('uuid', { name: 'store_id', nullable: true })
  @ForeignKey(() => Store, { name: 'source_store_id_fkey' })
  storeId!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
