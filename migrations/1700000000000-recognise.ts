import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The tables of the first release, room by room.
 *
 * Rows that history hangs on (activity, configuration, pass, visit) hold `record_id`, never `customer_id`.
 * Keys that outgrow one machine come first in primary keys, so that a sharded PostgreSQL can take over.
 */
export class Recognise1700000000000 implements MigrationInterface {
  readonly name = 'Recognise1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [
      ...platform,
      ...access,
      ...ingest,
      ...identity,
      ...customer,
      ...configurator,
      ...pass,
      ...visit,
      ...enrichment,
    ]) {
      await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      'fact',
      'dead_letter',
      'feed_entry',
      'store_feed',
      'visit_seen',
      'visit_candidate',
      'visit',
      'redemption',
      'attempt',
      'pass',
      'revision',
      'configuration_event',
      'configuration',
      'consent',
      'open_matter',
      'owned_product',
      'purchase',
      'activity',
      'blocked_value',
      'customer_change',
      'customer_alias',
      'membership',
      'judgement',
      'edge',
      'match_key',
      'identifier',
      'record',
      'customer',
      'quarantine',
      'message',
      'message_key',
      'idempotency_key',
      'audit',
      'access_token',
      'source_key',
      'source',
      'tablet',
      'staff_store',
      'staff',
      'store',
      'outbox',
    ];
    for (const table of tables) await runner.query(`DROP TABLE IF EXISTS "${table}" CASCADE`);
  }
}

const platform = [
  // Rows live for milliseconds: claimed with SKIP LOCKED, handed to the queue, deleted.
  `CREATE TABLE "outbox" (
    "id" uuid NOT NULL,
    "created_at" timestamptz NOT NULL,
    "topic" text NOT NULL,
    "payload" jsonb NOT NULL,
    "priority" smallint NOT NULL DEFAULT 10,
    PRIMARY KEY ("id", "created_at")
  ) PARTITION BY RANGE ("created_at")`,
  `CREATE TABLE "outbox_default" PARTITION OF "outbox" DEFAULT`,
  `CREATE TABLE "dead_letter" (
    "id" uuid PRIMARY KEY,
    "queue" text NOT NULL,
    "name" text NOT NULL,
    "payload" jsonb NOT NULL,
    "error" text NOT NULL,
    "attempts" integer NOT NULL,
    "failed_at" timestamptz NOT NULL,
    "replayed_at" timestamptz
  )`,
  `CREATE INDEX "dead_letter_open" ON "dead_letter" ("failed_at") WHERE "replayed_at" IS NULL`,
];

const access = [
  `CREATE TABLE "store" (
    "id" uuid PRIMARY KEY,
    "code" text NOT NULL UNIQUE,
    "name" text NOT NULL,
    "time_zone" text NOT NULL,
    "currency" text NOT NULL,
    "country" text NOT NULL,
    "language" text NOT NULL DEFAULT 'en',
    "promise_minutes" integer DEFAULT 5,
    "closes_at" text NOT NULL DEFAULT '20:00',
    "created_at" timestamptz NOT NULL
  )`,
  `CREATE TABLE "staff" (
    "id" uuid PRIMARY KEY,
    "code" text NOT NULL UNIQUE,
    "display_name" text NOT NULL,
    "role" text NOT NULL,
    "language" text NOT NULL DEFAULT 'en',
    "created_at" timestamptz NOT NULL,
    "revoked_at" timestamptz
  )`,
  `CREATE TABLE "staff_store" (
    "staff_id" uuid NOT NULL REFERENCES "staff" ("id") ON DELETE CASCADE,
    "store_id" uuid NOT NULL REFERENCES "store" ("id") ON DELETE CASCADE,
    PRIMARY KEY ("staff_id", "store_id")
  )`,
  `CREATE TABLE "tablet" (
    "id" uuid PRIMARY KEY,
    "store_id" uuid NOT NULL REFERENCES "store" ("id"),
    "name" text NOT NULL,
    "created_at" timestamptz NOT NULL,
    "revoked_at" timestamptz
  )`,
  `CREATE TABLE "source" (
    "id" uuid PRIMARY KEY,
    "code" text NOT NULL UNIQUE,
    "name" text NOT NULL,
    "kind" text NOT NULL,
    "department" text NOT NULL,
    "country" text NOT NULL,
    "trusted" boolean NOT NULL DEFAULT false,
    "store_id" uuid REFERENCES "store" ("id"),
    "created_at" timestamptz NOT NULL
  )`,
  `CREATE TABLE "source_key" (
    "id" uuid PRIMARY KEY,
    "source_id" uuid NOT NULL REFERENCES "source" ("id"),
    "kind" text NOT NULL CHECK ("kind" IN ('BROWSER', 'SERVER')),
    "hash" bytea NOT NULL UNIQUE,
    "origins" text[] NOT NULL DEFAULT '{}',
    "created_at" timestamptz NOT NULL,
    "expires_at" timestamptz,
    "revoked_at" timestamptz
  )`,
  `CREATE TABLE "access_token" (
    "id" uuid PRIMARY KEY,
    "hash" bytea NOT NULL UNIQUE,
    "tablet_id" uuid REFERENCES "tablet" ("id"),
    "staff_id" uuid REFERENCES "staff" ("id"),
    "created_at" timestamptz NOT NULL,
    "expires_at" timestamptz NOT NULL,
    "revoked_at" timestamptz,
    CHECK ("tablet_id" IS NOT NULL OR "staff_id" IS NOT NULL)
  )`,
  `CREATE INDEX "access_token_tablet" ON "access_token" ("tablet_id")`,
  `CREATE INDEX "access_token_staff" ON "access_token" ("staff_id")`,
  `CREATE TABLE "audit" (
    "id" uuid NOT NULL,
    "at" timestamptz NOT NULL,
    "action" text NOT NULL,
    "actor_kind" text NOT NULL,
    "actor_id" uuid,
    "staff_id" uuid,
    "tablet_id" uuid,
    "store_id" uuid,
    "customer_id" uuid,
    "record_id" uuid,
    "visit_id" uuid,
    "fields" text[] NOT NULL DEFAULT '{}',
    "detail" jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY ("id", "at")
  ) PARTITION BY RANGE ("at")`,
  `CREATE TABLE "audit_default" PARTITION OF "audit" DEFAULT`,
  `CREATE INDEX "audit_customer" ON "audit" ("customer_id", "at")`,
  `CREATE INDEX "audit_visit" ON "audit" ("visit_id", "at")`,
];

const hashPartitions = (table: string, count: number): string[] =>
  Array.from(
    { length: count },
    (_, remainder) =>
      `CREATE TABLE "${table}_p${remainder}" PARTITION OF "${table}" FOR VALUES WITH (MODULUS ${count}, REMAINDER ${remainder})`,
  );

const ingest = [
  `CREATE TABLE "message_key" (
    "source_id" uuid NOT NULL,
    "message_id" text NOT NULL,
    PRIMARY KEY ("source_id", "message_id")
  ) PARTITION BY HASH ("source_id")`,
  ...hashPartitions('message_key', 8),
  // body: json, not jsonb, because what was said is kept verbatim.
  `CREATE TABLE "message" (
    "id" uuid NOT NULL,
    "received_at" timestamptz NOT NULL,
    "source_id" uuid NOT NULL,
    "message_id" text NOT NULL,
    "kind" text NOT NULL,
    "occurred_at" timestamptz NOT NULL,
    "asserted" boolean NOT NULL,
    "body" json NOT NULL,
    PRIMARY KEY ("id", "received_at")
  ) PARTITION BY RANGE ("received_at")`,
  `CREATE TABLE "message_default" PARTITION OF "message" DEFAULT`,
  `CREATE INDEX "message_source" ON "message" ("source_id", "received_at")`,
  `CREATE TABLE "quarantine" (
    "id" uuid PRIMARY KEY,
    "source_id" uuid NOT NULL,
    "received_at" timestamptz NOT NULL,
    "reason" text NOT NULL,
    "detail" text NOT NULL,
    "asserted" boolean NOT NULL,
    "body" text NOT NULL,
    "sent_at" timestamptz,
    "settled_at" timestamptz,
    "settlement" text
  )`,
  `CREATE INDEX "quarantine_open" ON "quarantine" ("received_at") WHERE "settled_at" IS NULL`,
  `CREATE TABLE "idempotency_key" (
    "operation" text NOT NULL,
    "scope" uuid NOT NULL,
    "key" text NOT NULL,
    "input_hash" bytea NOT NULL,
    "result_type" text NOT NULL,
    "result" jsonb NOT NULL,
    "created_at" timestamptz NOT NULL,
    PRIMARY KEY ("operation", "scope", "key")
  ) PARTITION BY HASH ("operation")`,
  ...hashPartitions('idempotency_key', 8),
];

const identity = [
  `CREATE TABLE "customer" (
    "id" uuid PRIMARY KEY,
    "created_at" timestamptz NOT NULL,
    "version" bigint NOT NULL DEFAULT 1,
    "separations" integer NOT NULL DEFAULT 0
  )`,
  `CREATE TABLE "record" (
    "id" uuid PRIMARY KEY,
    "source_id" uuid NOT NULL,
    "source_key" text NOT NULL,
    "country" text NOT NULL,
    "trusted" boolean NOT NULL,
    "traits" jsonb NOT NULL DEFAULT '{}',
    "normalised" jsonb NOT NULL DEFAULT '{}',
    "normaliser" integer NOT NULL DEFAULT 1,
    "traits_at" jsonb NOT NULL DEFAULT '{}',
    "first_seen_at" timestamptz NOT NULL,
    "last_seen_at" timestamptz NOT NULL,
    "version" integer NOT NULL DEFAULT 1,
    "deleted_at" timestamptz,
    UNIQUE ("source_id", "source_key")
  )`,
  // People are looked up by the last word of their family name, folded.
  `CREATE INDEX "record_family_name" ON "record" (("normalised"->'name'->'family'->>-1))`,
  // key: the canonical form that is compared. asserted: said by somebody who may say it (law 7); a claim otherwise.
  `CREATE TABLE "identifier" (
    "record_id" uuid NOT NULL,
    "kind" text NOT NULL,
    "key" text NOT NULL,
    "value" text NOT NULL,
    "asserted" boolean NOT NULL,
    "first_seen_at" timestamptz NOT NULL,
    "last_seen_at" timestamptz NOT NULL,
    PRIMARY KEY ("record_id", "kind", "key")
  )`,
  `CREATE INDEX "identifier_lookup" ON "identifier" ("kind", "key", "record_id")`,
  `CREATE TABLE "match_key" (
    "kind" text NOT NULL,
    "hash" bigint NOT NULL,
    "record_id" uuid NOT NULL,
    PRIMARY KEY ("hash", "kind", "record_id")
  )`,
  `CREATE INDEX "match_key_record" ON "match_key" ("record_id")`,
  `CREATE TABLE "edge" (
    "lo" uuid NOT NULL,
    "hi" uuid NOT NULL,
    "kind" text NOT NULL,
    "weight" real NOT NULL,
    "effective" boolean NOT NULL,
    "evidence" jsonb NOT NULL,
    "model" integer NOT NULL,
    PRIMARY KEY ("lo", "hi", "kind"),
    CHECK ("lo" < "hi")
  )`,
  `CREATE INDEX "edge_hi" ON "edge" ("hi")`,
  `CREATE TABLE "judgement" (
    "id" uuid PRIMARY KEY,
    "lo" uuid NOT NULL,
    "hi" uuid NOT NULL,
    "verdict" text NOT NULL CHECK ("verdict" IN ('same', 'different', 'unsure')),
    "by_kind" text NOT NULL,
    "by_id" uuid,
    "visit_id" uuid,
    "why" text NOT NULL,
    "at" timestamptz NOT NULL,
    "revoked_at" timestamptz,
    "revoked_by" uuid,
    CHECK ("lo" < "hi")
  )`,
  `CREATE INDEX "judgement_lo" ON "judgement" ("lo") WHERE "revoked_at" IS NULL`,
  `CREATE INDEX "judgement_hi" ON "judgement" ("hi") WHERE "revoked_at" IS NULL`,
  `CREATE TABLE "membership" (
    "record_id" uuid PRIMARY KEY,
    "customer_id" uuid NOT NULL,
    "since" timestamptz NOT NULL
  )`,
  `CREATE INDEX "membership_customer" ON "membership" ("customer_id", "record_id")`,
  `CREATE TABLE "customer_alias" (
    "alias_id" uuid PRIMARY KEY,
    "customer_id" uuid NOT NULL,
    "since" timestamptz NOT NULL
  )`,
  `CREATE INDEX "customer_alias_customer" ON "customer_alias" ("customer_id")`,
  `CREATE TABLE "customer_change" (
    "id" uuid PRIMARY KEY,
    "at" timestamptz NOT NULL,
    "kind" text NOT NULL,
    "customer_id" uuid NOT NULL,
    "cause" jsonb NOT NULL,
    "before" jsonb NOT NULL,
    "after" jsonb NOT NULL
  )`,
  `CREATE INDEX "customer_change_customer" ON "customer_change" ("customer_id", "at")`,
  `CREATE TABLE "blocked_value" (
    "kind" text NOT NULL,
    "key" text NOT NULL,
    "reason" text NOT NULL,
    "store_id" uuid,
    "created_at" timestamptz NOT NULL,
    PRIMARY KEY ("kind", "key")
  )`,
];

const customer = [
  `CREATE TABLE "activity" (
    "id" uuid NOT NULL,
    "record_id" uuid NOT NULL,
    "occurred_at" timestamptz NOT NULL,
    "kind" text NOT NULL,
    "channel" text NOT NULL,
    "department" text NOT NULL,
    "source_id" uuid NOT NULL,
    "session" text,
    "params" jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY ("record_id", "occurred_at", "id")
  ) PARTITION BY RANGE ("occurred_at")`,
  `CREATE TABLE "activity_default" PARTITION OF "activity" DEFAULT`,
  `CREATE TABLE "purchase" (
    "id" uuid PRIMARY KEY,
    "record_id" uuid NOT NULL,
    "source_id" uuid NOT NULL,
    "order_number" text NOT NULL,
    "ordered_at" timestamptz NOT NULL,
    "label" text NOT NULL,
    "total_minor" bigint,
    "currency" text,
    "channel" text NOT NULL,
    "state" text NOT NULL DEFAULT 'COMPLETED',
    "lines" jsonb NOT NULL DEFAULT '[]',
    "said_at" timestamptz,
    UNIQUE ("source_id", "order_number")
  )`,
  `CREATE INDEX "purchase_record" ON "purchase" ("record_id", "ordered_at")`,
  `CREATE TABLE "owned_product" (
    "id" uuid PRIMARY KEY,
    "record_id" uuid NOT NULL,
    "source_id" uuid NOT NULL,
    "reference" text NOT NULL,
    "label" text NOT NULL,
    "since" timestamptz,
    "until" timestamptz,
    "detail" text,
    "said_at" timestamptz NOT NULL,
    UNIQUE ("source_id", "reference")
  )`,
  `CREATE INDEX "owned_product_record" ON "owned_product" ("record_id")`,
  `CREATE TABLE "open_matter" (
    "id" uuid PRIMARY KEY,
    "record_id" uuid NOT NULL,
    "source_id" uuid NOT NULL,
    "department" text NOT NULL,
    "reference" text NOT NULL,
    "summary" text NOT NULL,
    "complaint" boolean NOT NULL DEFAULT false,
    "opened_at" timestamptz NOT NULL,
    "closed_at" timestamptz,
    UNIQUE ("source_id", "reference")
  )`,
  `CREATE INDEX "open_matter_record" ON "open_matter" ("record_id")`,
  `CREATE TABLE "consent" (
    "record_id" uuid NOT NULL,
    "purpose" text NOT NULL,
    "channel" text NOT NULL DEFAULT 'any',
    "granted" boolean NOT NULL,
    "at" timestamptz NOT NULL,
    "source_id" uuid NOT NULL,
    PRIMARY KEY ("record_id", "purpose", "channel")
  )`,
];

const configurator = [
  `CREATE TABLE "configuration" (
    "id" uuid PRIMARY KEY,
    "record_id" uuid NOT NULL,
    "source_id" uuid NOT NULL,
    "session_id" text NOT NULL,
    "code" text NOT NULL UNIQUE,
    "model" text NOT NULL,
    "model_label" text,
    "options" jsonb NOT NULL DEFAULT '[]',
    "abandoned" jsonb NOT NULL DEFAULT '[]',
    "total_minor" bigint NOT NULL,
    "currency" text NOT NULL,
    "image_url" text,
    "url" text,
    "revision" integer NOT NULL,
    "saved" boolean NOT NULL DEFAULT false,
    "started_at" timestamptz NOT NULL,
    "last_edited_at" timestamptz NOT NULL,
    "visit_id" uuid,
    UNIQUE ("source_id", "session_id")
  )`,
  `CREATE INDEX "configuration_record" ON "configuration" ("record_id", "last_edited_at" DESC)`,
  // What was said about a session, in any order of arrival; revisions are folded from these.
  `CREATE TABLE "configuration_event" (
    "configuration_id" uuid NOT NULL,
    "occurred_at" timestamptz NOT NULL,
    "id" uuid NOT NULL,
    "kind" text NOT NULL,
    "payload" jsonb NOT NULL,
    PRIMARY KEY ("configuration_id", "occurred_at", "id")
  )`,
  `CREATE TABLE "revision" (
    "configuration_id" uuid NOT NULL,
    "number" integer NOT NULL,
    "occurred_at" timestamptz NOT NULL,
    "options" jsonb NOT NULL,
    "abandoned" jsonb NOT NULL,
    "total_minor" bigint NOT NULL,
    "currency" text NOT NULL,
    PRIMARY KEY ("configuration_id", "number")
  )`,
];

const pass = [
  `CREATE TABLE "pass" (
    "id" uuid PRIMARY KEY,
    "kind" text NOT NULL,
    "record_id" uuid NOT NULL,
    "configuration_id" uuid,
    "hash" bytea UNIQUE,
    "key_id" text,
    "strength" text NOT NULL,
    "issued_at" timestamptz NOT NULL,
    "expires_at" timestamptz NOT NULL,
    "used_at" timestamptz,
    "used_visit_id" uuid,
    "used_store_id" uuid,
    "revoked_at" timestamptz
  )`,
  `CREATE INDEX "pass_record" ON "pass" ("record_id")`,
  `CREATE INDEX "pass_configuration" ON "pass" ("configuration_id") WHERE "kind" = 'LINK'`,
  `CREATE INDEX "pass_expiry" ON "pass" ("expires_at")`,
  `CREATE TABLE "redemption" (
    "id" uuid PRIMARY KEY,
    "pass_id" uuid NOT NULL,
    "visit_id" uuid NOT NULL,
    "store_id" uuid NOT NULL,
    "at" timestamptz NOT NULL,
    "repeated" boolean NOT NULL DEFAULT false,
    "alarm" boolean NOT NULL DEFAULT false
  )`,
  `CREATE INDEX "redemption_pass" ON "redemption" ("pass_id", "at")`,
  `CREATE INDEX "redemption_visit" ON "redemption" ("visit_id")`,
  // Misses of one guesser (a tablet, a store, an address) in one minute.
  `CREATE TABLE "attempt" (
    "subject" text PRIMARY KEY,
    "window_start" timestamptz NOT NULL,
    "misses" integer NOT NULL
  )`,
];

const visit = [
  `CREATE TABLE "visit" (
    "id" uuid PRIMARY KEY,
    "store_id" uuid NOT NULL,
    "record_id" uuid NOT NULL,
    "recognised_record_id" uuid,
    "configuration_id" uuid,
    "state" text NOT NULL,
    "purpose" text,
    "recognition" text NOT NULL,
    "strength" text NOT NULL,
    "matched_by" jsonb NOT NULL DEFAULT '[]',
    "called_name" text,
    "stated_name" text,
    "party_size" integer NOT NULL DEFAULT 1,
    "day" date NOT NULL,
    "expected_at" timestamptz,
    "arrived_at" timestamptz,
    "taken_at" timestamptz,
    "away_at" timestamptz,
    "ended_at" timestamptz,
    "associate_id" uuid,
    "outcome" text,
    "note" text,
    "sold_configuration_id" uuid,
    "amount_minor" bigint,
    "amount_currency" text,
    "next_step" text,
    "next_step_at" timestamptz,
    "lost_reason" text,
    "alarm" boolean NOT NULL DEFAULT false,
    "version" integer NOT NULL DEFAULT 1
  )`,
  `CREATE INDEX "visit_open" ON "visit" ("store_id", "arrived_at") WHERE "state" IN ('EXPECTED', 'WAITING', 'SERVING', 'AWAY')`,
  `CREATE INDEX "visit_record" ON "visit" ("record_id")`,
  `CREATE INDEX "visit_recognised" ON "visit" ("recognised_record_id")`,
  `CREATE INDEX "visit_day" ON "visit" ("store_id", "day")`,
  `CREATE TABLE "visit_candidate" (
    "id" uuid PRIMARY KEY,
    "visit_id" uuid NOT NULL,
    "record_id" uuid NOT NULL,
    "masked_name" text NOT NULL,
    "reasons" jsonb NOT NULL,
    "rank" integer NOT NULL
  )`,
  `CREATE INDEX "visit_candidate_visit" ON "visit_candidate" ("visit_id", "rank")`,
  // What she last saw of a configuration, kept when a visit ends, so that the next one can say what changed.
  `CREATE TABLE "visit_seen" (
    "visit_id" uuid NOT NULL,
    "configuration_id" uuid NOT NULL,
    "options" jsonb NOT NULL,
    "total_minor" bigint NOT NULL,
    "currency" text NOT NULL,
    PRIMARY KEY ("visit_id", "configuration_id")
  )`,
  `CREATE TABLE "store_feed" (
    "store_id" uuid PRIMARY KEY,
    "seq" bigint NOT NULL DEFAULT 0
  )`,
  `CREATE TABLE "feed_entry" (
    "store_id" uuid NOT NULL,
    "seq" bigint NOT NULL,
    "kind" text NOT NULL,
    "visit_id" uuid NOT NULL,
    "at" timestamptz NOT NULL,
    PRIMARY KEY ("store_id", "seq")
  )`,
  `CREATE INDEX "feed_entry_at" ON "feed_entry" ("at")`,
];

const enrichment = [
  // input_version: the customer's version the fact was computed from; an older run never overwrites a newer.
  `CREATE TABLE "fact" (
    "customer_id" uuid NOT NULL,
    "step" text NOT NULL,
    "state" text NOT NULL,
    "payload" jsonb,
    "input_version" bigint NOT NULL,
    "separations" integer NOT NULL,
    "computed_at" timestamptz NOT NULL,
    "error" text,
    PRIMARY KEY ("customer_id", "step")
  )`,
];
