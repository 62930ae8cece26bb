import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Versions of the scoring model that were estimated from the own data; at most one of them scores, else the shipped one. */
export class ScoringModel1700000003500 implements MigrationInterface {
  readonly name = 'ScoringModel1700000003500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE scoring_model (
      version integer PRIMARY KEY,
      weights jsonb NOT NULL,
      pairs integer NOT NULL,
      estimated_at timestamptz NOT NULL,
      switched_at timestamptz,
      active boolean NOT NULL DEFAULT false
    )`);
    await runner.query('CREATE UNIQUE INDEX scoring_model_active ON scoring_model (active) WHERE active');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE scoring_model');
  }
}
