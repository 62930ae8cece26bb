import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What she last saw of a configuration, kept when a visit ends, so that the next one can say what changed. */
@Entity('visit_seen')
export class VisitSeen {
  @PrimaryColumn('uuid', { name: 'visit_id' })
  visitId: string;

  @PrimaryColumn('uuid', { name: 'configuration_id' })
  configurationId: string;

  @Column('jsonb')
  options: readonly unknown[];

  @Column('bigint', { name: 'total_minor' })
  totalMinor: string;

  @Column('text')
  currency: string;
}
