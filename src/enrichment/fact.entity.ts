import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one step has found out about one customer, as keys and parameters. */
@Entity('fact')
export class Fact {
  @PrimaryColumn('uuid', { name: 'customer_id' })
  customerId: string;

  @PrimaryColumn('text')
  step: string;

  @Column('text')
  state: 'READY' | 'FAILED';

  /** Of a failed step, what it last found. */
  @Column('jsonb', { nullable: true })
  payload: unknown;

  /** The customer's version it was computed from; an older run never overwrites a newer one. */
  @Column('bigint', { name: 'input_version' })
  inputVersion: string;

  /** How often records had left the customer by then; a fact from before is somebody else's too and is not shown. */
  @Column('integer')
  separations: number;

  @Column('timestamptz', { name: 'computed_at' })
  computedAt: Date;

  @Column('text', { nullable: true })
  error: string | null;
}
