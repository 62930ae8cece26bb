import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events are taken in the order in which they leave, so that a long queue of them is not sorted anew for every handful. */
export class OutboxOrder1700000004000 implements MigrationInterface {
  readonly name = 'OutboxOrder1700000004000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE INDEX "outbox_order" ON "outbox" ("priority", "id")');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX "outbox_order"');
  }
}
