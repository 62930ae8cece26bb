import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Staff } from '../staff.entity.js';

/** The PIN by which a member of staff opens a shift on a tablet of her store. */
@Entity('staff_pin')
export class StaffPin {
  @PrimaryColumn('uuid', { name: 'staff_id' })
  @ForeignKey(() => Staff, { name: 'staff_pin_staff_id_fkey', onDelete: 'CASCADE' })
  staffId!: string;

  /** Argon2id with its parameters and salt, as a PHC string. */
  @Column('text')
  hash!: string;

  @Column('timestamptz', { name: 'set_at' })
  setAt!: Date;

  /** Wrong PINs in a row. */
  @Column('integer', { default: 0 })
  misses!: number;

  @Column('timestamptz', { name: 'locked_until', nullable: true })
  lockedUntil!: Date | null;
}
