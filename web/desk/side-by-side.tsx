import { day } from '../shared/format.js';
import { t } from '../shared/words.js';
import { marked, rowsOf, type Row } from './compare.rules.js';
import type { RecordSeenFragment } from './graphql/graphql.js';
import type { Pair } from './use-review.js';

/** Two records field by field; what differs is marked, in colour and in words. */
export function SideBySide({ pair }: { pair: Pair }) {
  const rows = rowsOf(pair);
  const isMasked = [...pair.a.values, ...pair.b.values].some((value) => value.isMasked);
  return (
    <section className="desk-card review-records" aria-labelledby="records">
      <h2 id="records" className="seen-by-readers-only">
        {t('review.records')}
      </h2>
      <div className="review-scroll" tabIndex={0} role="region" aria-labelledby="records">
        <table className="review-table">
          <thead>
            <tr>
              <td />
              <Head record={pair.a} />
              <Head record={pair.b} />
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.field} data-standing={row.standing}>
                <th scope="row">
                  {t(`review.field.${row.field}`, { defaultValue: row.field })}
                  <small>{t(`review.standing.${row.standing}`)}</small>
                </th>
                <Cell row={row} side="a" other="b" />
                <Cell row={row} side="b" other="a" />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {isMasked && <p className="soft tiny">{t('review.masked')}</p>}
    </section>
  );
}

function Head({ record }: { record: RecordSeenFragment }) {
  const [from, to] = [day(record.firstSeenAt), day(record.lastSeenAt)];
  return (
    <th scope="col">
      <b>{record.source}</b>
      <small>
        {t(`review.department.${record.department}`, { defaultValue: record.department })} ·{' '}
        {from === to ? from : t('review.seen', { from, to })}
      </small>
    </th>
  );
}

/** A whole date as the reader writes it; what is masked or was not understood stays as it was told. */
function read({ field, text }: Row['a'][number]): string {
  return field === 'birthDate' && /^\d{4}-\d\d-\d\d$/.test(text) ? day(text, 'UTC') : text;
}

function Cell({ row, side, other }: { row: Row; side: 'a' | 'b'; other: 'a' | 'b' }) {
  const values = row[side];
  if (values.length === 0)
    return (
      <td className="review-none">
        <span aria-hidden="true">–</span>
        <span className="seen-by-readers-only">{t('review.none')}</span>
      </td>
    );
  const against = row.isMarked ? row[other].map(read) : [];
  return (
    <td>
      {values.map(read).map((text, index) => (
        <span key={text} className="review-value" dir="auto">
          {marked(text, against[index]).map((part, place) =>
            part.isMarked ? <mark key={place}>{part.text}</mark> : part.text,
          )}
        </span>
      ))}
    </td>
  );
}
