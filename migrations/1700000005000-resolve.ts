import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Components of records that are too large to be decided while somebody waits; and the doubtful edges in the order in which people are asked about them, so that a page of the queue is one range of
 * it. The bound lies well above what a model calls certain; edges beyond it, which are most, cost nothing here.
 */
export class Resolve1700000005000 implements MigrationInterface {
  readonly name = 'Resolve1700000005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX "edge_doubtful" ON "edge" ((- "weight"), "lo", "hi") WHERE "effective" AND "weight" < 20`,
    );
    await runner.query(`CREATE TABLE "overgrown" (
      "record_id" uuid NOT NULL,
      "since" timestamptz NOT NULL,
      "records" integer,
      "decided_at" timestamptz,
      "kind" text,
      "key" text,
      "holders" integer,
      PRIMARY KEY ("record_id")
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE IF EXISTS "overgrown"`);
    await runner.query(`DROP INDEX IF EXISTS "edge_doubtful"`);
  }
}
