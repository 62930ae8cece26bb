import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Source } from './source.entity.js';

/** A key by which a source is known: a browser's is public and claims, a server's is secret and asserts. */
@Entity('source_key')
@Unique('source_key_hash_key', ['hash'])
@Check('source_key_kind_check', `"kind" IN ('BROWSER', 'SERVER')`)
export class SourceKey {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'source_id' })
  @ForeignKey(() => Source, { name: 'source_key_source_id_fkey' })
  sourceId!: string;

  @Column('text')
  kind!: 'BROWSER' | 'SERVER';

  @Column('bytea')
  hash!: Buffer;

  /** Web origins that may use a browser's key. */
  @Column('text', { array: true, default: () => `'{}'` })
  origins!: string[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}
