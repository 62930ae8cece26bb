import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A blocking key is found by its hash alone, which its kind is part of: a smaller index that is compared faster. */
export class MatchKeyByHash1700000008000 implements MigrationInterface {
  readonly name = 'MatchKeyByHash1700000008000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "match_key" DROP CONSTRAINT "match_key_pkey"`);
    await runner.query(`ALTER TABLE "match_key" ADD PRIMARY KEY ("hash", "record_id")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "match_key" DROP CONSTRAINT "match_key_pkey"`);
    await runner.query(`ALTER TABLE "match_key" ADD PRIMARY KEY ("hash", "kind", "record_id")`);
  }
}
