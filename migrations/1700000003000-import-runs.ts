import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far each file has been imported, and, while one is, which rows it told so far, so that a row with a known id is noticed. */
export class ImportRuns1700000003000 implements MigrationInterface {
  readonly name = 'ImportRuns1700000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE "import_run" (
      "id" uuid NOT NULL,
      "source_id" uuid NOT NULL,
      "file_hash" bytea NOT NULL,
      "file_size" bigint NOT NULL,
      "plan_hash" bytea NOT NULL,
      "started_at" timestamptz NOT NULL,
      "rows_done" bigint NOT NULL DEFAULT 0,
      "counts" jsonb NOT NULL DEFAULT '{}',
      "finished_at" timestamptz,
      PRIMARY KEY ("id"),
      UNIQUE ("source_id", "file_hash", "file_size", "plan_hash")
    )`);
    await runner.query(`CREATE TABLE "import_row" (
      "run_id" uuid NOT NULL,
      "row_key" bigint NOT NULL,
      "content" bigint NOT NULL,
      "line" bigint NOT NULL,
      PRIMARY KEY ("run_id", "row_key")
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE IF EXISTS "import_row", "import_run"`);
  }
}
