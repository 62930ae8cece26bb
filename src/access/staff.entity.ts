import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Role } from './role.js';

/** A member of staff; to colleagues and tablets an associate with a name. */
@ObjectType('Associate', { description: 'A member of staff, as colleagues see her.' })
@Entity('staff')
@Unique('staff_code_key', ['code'])
export class Staff {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  /** The retailer's own short name for her. */
  @Column('text')
  code!: string;

  @Field(() => String)
  @Column('text', { name: 'display_name' })
  displayName!: string;

  @Column('text')
  role!: Role;

  @Column('text', { default: 'en' })
  language!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}
