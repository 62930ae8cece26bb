import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Staff } from './staff.entity.js';
import { Store } from './store.entity.js';

/** A member of staff works in this store. */
@Entity('staff_store')
export class StaffStore {
  @PrimaryColumn('uuid', { name: 'staff_id' })
  @ForeignKey(() => Staff, { name: 'staff_store_staff_id_fkey', onDelete: 'CASCADE' })
  staffId!: string;

  @PrimaryColumn('uuid', { name: 'store_id' })
  @ForeignKey(() => Store, { name: 'staff_store_store_id_fkey', onDelete: 'CASCADE' })
  storeId!: string;
}
