import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which guard holds two records apart that are alike enough to be joined, so that people are asked about them too; written
 * where it is decided who is whose, and read in the order in which people are asked.
 */
export class RefusedPairs1700000011000 implements MigrationInterface {
  readonly name = 'RefusedPairs1700000011000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "edge" ADD COLUMN "refused" text`);
    await runner.query(`CREATE INDEX "edge_refused" ON "edge" ((- "weight"), "lo", "hi") WHERE "refused" IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX IF EXISTS "edge_refused"`);
    await runner.query(`ALTER TABLE "edge" DROP COLUMN IF EXISTS "refused"`);
  }
}
