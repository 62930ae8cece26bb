import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Reason } from './recognition.rules.js';

/** One of several people a visitor may be; the id is valid for this visit only, the name is masked. */
@Entity('visit_candidate')
@Index('visit_candidate_visit', ['visitId', 'rank'])
export class VisitCandidate {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'visit_id' })
  visitId: string;

  @Column('uuid', { name: 'record_id' })
  recordId: string;

  @Column('text', { name: 'masked_name' })
  maskedName: string;

  @Column('jsonb')
  reasons: readonly Reason[];

  @Column('integer')
  rank: number;
}
