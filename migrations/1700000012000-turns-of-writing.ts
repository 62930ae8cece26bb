import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Every writing of a record takes a turn, so that an import, which keeps in memory what is known of all records, can read what others have
 * written since; a removal leaves nothing that could tell, and is counted.
 */
export class TurnsOfWriting1700000012000 implements MigrationInterface {
  readonly name = 'TurnsOfWriting1700000012000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE SEQUENCE "record_turn"`);
    await runner.query(`CREATE SEQUENCE "record_removal"`);
    await runner.query(`ALTER TABLE "record" ADD COLUMN "turn" bigint NOT NULL DEFAULT 0`);
    await runner.query(`ALTER TABLE "record" ALTER COLUMN "turn" SET DEFAULT nextval('record_turn')`);
    await runner.query(`CREATE INDEX "record_turn_of" ON "record" ("turn")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX IF EXISTS "record_turn_of"`);
    await runner.query(`ALTER TABLE "record" DROP COLUMN IF EXISTS "turn"`);
    await runner.query(`DROP SEQUENCE IF EXISTS "record_turn"`);
    await runner.query(`DROP SEQUENCE IF EXISTS "record_removal"`);
  }
}
