import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Kinds of sources whose user ids are logins; those of all others are numbers of a file that keeps a person several times. */
const logins = `('web-shop', 'app', 'loyalty', 'store')`;
const isRowId = `~ '^row-[A-Za-z0-9_-]{22}$'`;

/** What departments call their customers is a customer number, not a login, and a row without an id bears neither. */
export class DepartmentNumbers1700000009000 implements MigrationInterface {
  readonly name = 'DepartmentNumbers1700000009000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      WITH taken AS (
        DELETE FROM "identifier" i USING "record" r, "source" s
        WHERE i.kind = 'account' AND r.id = i.record_id AND s.id = r.source_id AND (s.kind NOT IN ${logins} OR i.value ${isRowId})
        RETURNING i.*, s.kind AS source_kind
      )
      INSERT INTO "identifier" (record_id, kind, key, value, asserted, first_seen_at, last_seen_at)
      SELECT record_id, 'crm', lower(key), value, asserted, first_seen_at, last_seen_at FROM taken
      WHERE source_kind NOT IN ${logins} AND value !${isRowId}
        AND NOT EXISTS (SELECT FROM "identifier" c WHERE c.record_id = taken.record_id AND c.kind = 'crm')
      ON CONFLICT DO NOTHING`);
  }

  /** Which numbers had been taken for logins is not known any more; as customer numbers they do no harm. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}
