import { useId, type ReactNode } from 'react';

/** A few large buttons of which one may be pressed; `null` where nothing has been chosen. */
export function Choices<Value extends string>(props: {
  label: string;
  values: readonly Value[];
  chosen: Value | null;
  choose: (value: Value) => void;
  words: (value: Value) => ReactNode;
}) {
  const label = useId();
  return (
    <div className="choices">
      <span id={label} className="choices-label">
        {props.label}
      </span>
      <div role="group" aria-labelledby={label} className="choices-row">
        {props.values.map((value) => (
          <button
            type="button"
            key={value}
            className="choice"
            aria-pressed={props.chosen === value}
            onClick={() => props.choose(value)}
          >
            {props.words(value)}
          </button>
        ))}
      </div>
    </div>
  );
}
