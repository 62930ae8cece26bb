import type { ReactNode } from 'react';

type Props = { name: string; empty?: string | false; wide?: boolean; children: ReactNode };

/** One kind of thing that is known of a visitor, under its name; what stands there when there is none of it. */
export function Section({ name, empty, wide, children }: Props) {
  return (
    <section className="section" data-wide={wide} aria-label={name}>
      <h2 className="section-name">{name}</h2>
      {empty ? <p className="soft small">{empty}</p> : children}
    </section>
  );
}
