import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Wallet passes are rows of `pass` with the kind WALLET; here stands which steps of their rotating codes have been shown. */
export class Wallet1700000002000 implements MigrationInterface {
  readonly name = 'Wallet1700000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE "wallet_step" (
      "pass_id" uuid NOT NULL,
      "step" integer NOT NULL,
      "used_at" timestamptz NOT NULL,
      "visit_id" uuid NOT NULL,
      "store_id" uuid NOT NULL,
      PRIMARY KEY ("pass_id", "step")
    )`);
    await runner.query(`CREATE INDEX "wallet_step_used" ON "wallet_step" ("used_at")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE IF EXISTS "wallet_step"`);
  }
}
