import { Column, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryColumn } from 'typeorm';
import { Staff } from '../src/access/staff.entity.js';
import { Store } from '../src/access/store.entity.js';
import { Configuration as PlainConfiguration } from '../src/configurator/configuration.entity.js';
import { Consent as PlainConsent } from '../src/customer/consent.entity.js';
import { Fact as PlainFact } from '../src/enrichment/fact.entity.js';
import { VisitSeen } from '../src/visit/visit-seen.entity.js';
import { Visit as PlainVisit } from '../src/visit/visit.entity.js';

/** The product's rows with relations in both directions, as an application that is built on relations has them. */
@Entity('customer')
export class Customer {
  @PrimaryColumn('uuid') id: string;
  @Column('bigint') version: string;
  @Column('integer') separations: number;
  @OneToMany(() => Fact, (fact) => fact.customer) facts: Fact[];
  @OneToMany(() => Membership, (membership) => membership.customer) memberships: Membership[];
}

@Entity('membership')
export class Membership {
  @PrimaryColumn('uuid', { name: 'record_id' }) recordId: string;
  @ManyToOne(() => Customer, (customer) => customer.memberships)
  @JoinColumn({ name: 'customer_id' })
  customer: Customer;
  @OneToMany(() => Configuration, (configuration) => configuration.membership) configurations: Configuration[];
  @OneToMany(() => Consent, (consent) => consent.membership) consents: Consent[];
}

const toMembership = { name: 'record_id', referencedColumnName: 'recordId' };

@Entity('configuration')
export class Configuration extends PlainConfiguration {
  @ManyToOne(() => Membership, (membership) => membership.configurations)
  @JoinColumn(toMembership)
  membership: Membership;
}

@Entity('consent')
export class Consent extends PlainConsent {
  @ManyToOne(() => Membership, (membership) => membership.consents)
  @JoinColumn(toMembership)
  membership: Membership;
}

@Entity('fact')
export class Fact extends PlainFact {
  @ManyToOne(() => Customer, (customer) => customer.facts)
  @JoinColumn({ name: 'customer_id' })
  customer: Customer;
}

@Entity('visit')
export class Visit extends PlainVisit {
  @ManyToOne(() => Store)
  @JoinColumn({ name: 'store_id' })
  declare store: Store;
  @ManyToOne(() => Staff, { nullable: true })
  @JoinColumn({ name: 'associate_id' })
  declare associate: Staff | null;
  @ManyToOne(() => Membership, { nullable: true })
  @JoinColumn({ name: 'recognised_record_id', referencedColumnName: 'recordId' })
  recognised: Membership | null;
  @OneToMany(() => Seen, (seen) => seen.visit) seen: Seen[];
}

@Entity('visit_seen')
export class Seen extends VisitSeen {
  @ManyToOne(() => Visit, (visit) => visit.seen)
  @JoinColumn({ name: 'visit_id' })
  visit: Visit;
}

@Entity('tablet')
export class Tablet {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'store_id' }) storeId: string;
  @ManyToOne(() => Store)
  @JoinColumn({ name: 'store_id' })
  store: Store;
}

@Entity('access_token')
export class Token {
  @PrimaryColumn('uuid') id: string;
  @Column('bytea') hash: Buffer;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt: Date;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
  @ManyToOne(() => Tablet, { nullable: true })
  @JoinColumn({ name: 'tablet_id' })
  tablet: Tablet | null;
}

@Entity('audit')
export class Audit {
  @PrimaryColumn('uuid') id: string;
  @PrimaryColumn('timestamptz') at: Date;
  @Column('text') action: string;
  @Column('text', { name: 'actor_kind' }) actorKind: string;
  @Column('uuid', { name: 'actor_id' }) actorId: string;
  @Column('uuid', { name: 'tablet_id' }) tabletId: string;
  @Column('uuid', { name: 'store_id' }) storeId: string;
  @Column('uuid', { name: 'customer_id', nullable: true }) customerId: string | null;
  @Column('uuid', { name: 'visit_id' }) visitId: string;
  @Column('text', { array: true }) fields: string[];
}

/** All of them, for the data source. */
export const entities = [Customer, Membership, Configuration, Consent, Fact, Visit, Seen, Tablet, Token, Audit];
