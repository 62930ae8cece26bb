import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Kinds of keys that many share by chance. */
const weakKinds = `('box', 'names', 'birth', 'nameMonth', 'nameDay', 'nameMonthDay', 'namePostal', 'nameYear', 'nameTown', 'nameNumber')`;

/**
 * A record has some twenty blocking keys, so they are most of what resolving it writes: a key becomes 53 bits of which the lowest
 * says whether its kind is a weak one, and the keys of a record stand with the record instead of in an index of their own.
 */
export class LeanMatchKeys1700000010000 implements MigrationInterface {
  readonly name = 'LeanMatchKeys1700000010000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [
      `ALTER TABLE "match_key" RENAME TO "match_key_by_kind"`,
      `CREATE TABLE "match_key" ("hash" bigint NOT NULL, "record_id" uuid NOT NULL)`,
      `INSERT INTO "match_key" (hash, record_id)
       SELECT DISTINCT ((hash >> 12) & 4503599627370495) * 2 + (kind IN ${weakKinds})::int, record_id FROM "match_key_by_kind"`,
      `DROP TABLE "match_key_by_kind"`,
      `ALTER TABLE "match_key" ADD PRIMARY KEY ("hash", "record_id")`,
      `ALTER TABLE "record" ADD COLUMN "match_keys" bigint[] NOT NULL DEFAULT '{}'`,
      `UPDATE "record" r SET match_keys = owned.keys
       FROM (SELECT record_id, array_agg(hash) AS keys FROM "match_key" GROUP BY record_id) AS owned WHERE owned.record_id = r.id`,
    ])
      await runner.query(sql);
  }

  /** The older form cannot be told from the newer: afterwards every record is compared anew (`npx foyer identity retrain --to`). */
  async down(runner: QueryRunner): Promise<void> {
    for (const sql of [
      `ALTER TABLE "record" DROP COLUMN "match_keys"`,
      `ALTER TABLE "match_key" DROP CONSTRAINT "match_key_pkey"`,
      `ALTER TABLE "match_key" ADD COLUMN "kind" text NOT NULL DEFAULT ''`,
      `ALTER TABLE "match_key" ALTER COLUMN "kind" DROP DEFAULT`,
      `ALTER TABLE "match_key" ADD PRIMARY KEY ("hash", "record_id")`,
      `CREATE INDEX "match_key_record" ON "match_key" ("record_id")`,
    ])
      await runner.query(sql);
  }
}
