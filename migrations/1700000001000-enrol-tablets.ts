import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tablets that enrol by a code and prove themselves by a key of their own, and the PINs that open shifts on them. */
export class EnrolTablets1700000001000 implements MigrationInterface {
  readonly name = 'EnrolTablets1700000001000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tables) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['staff_pin', 'enrol_code', 'tablet_key'])
      await runner.query(`DROP TABLE IF EXISTS "${table}"`);
  }
}

const tables = [
  `CREATE TABLE "tablet_key" (
    "tablet_id" uuid PRIMARY KEY REFERENCES "tablet" ("id") ON DELETE CASCADE,
    "public_key" jsonb NOT NULL,
    "enrolled_at" timestamptz NOT NULL,
    "seen_at" timestamptz NOT NULL
  )`,
  `CREATE TABLE "enrol_code" (
    "hash" bytea PRIMARY KEY,
    "tablet_id" uuid NOT NULL REFERENCES "tablet" ("id") ON DELETE CASCADE,
    "expires_at" timestamptz NOT NULL
  )`,
  `CREATE INDEX "enrol_code_tablet" ON "enrol_code" ("tablet_id")`,
  `CREATE TABLE "staff_pin" (
    "staff_id" uuid PRIMARY KEY REFERENCES "staff" ("id") ON DELETE CASCADE,
    "hash" text NOT NULL,
    "set_at" timestamptz NOT NULL,
    "misses" integer NOT NULL DEFAULT 0,
    "locked_until" timestamptz
  )`,
];
