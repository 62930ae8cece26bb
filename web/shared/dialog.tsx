import { IconX } from '@tabler/icons-react';
import { createContext, useContext, useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import './dialog.css';
import { t } from './words.js';

/** The way back of a dialog that is just closing; one that opens in its place takes it over. */
let owed: readonly HTMLElement[] | null = null;

/** What opened a dialog, and after it whatever around it can be in focus, for when it is gone itself. */
function wayBack(): readonly HTMLElement[] {
  const way: HTMLElement[] = [];
  for (let one = document.activeElement; one instanceof HTMLElement; one = one.parentElement) {
    if (one.tabIndex >= 0 || one.hasAttribute('tabindex')) way.push(one);
  }
  return way;
}

/** What a page says on its own; it says it in an open dialog too, for nothing beside that is heard. */
export const InDialogs = createContext<ReactNode>(null);

/** A sheet over the page: keeps the focus, closes by Escape, by its cross or by a tap beside it. */
export function Dialog({
  title,
  close,
  children,
  size = 'm',
}: {
  title: string;
  close: () => void;
  children: ReactNode;
  size?: 'm' | 'l';
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const inDialogs = useContext(InDialogs);
  useLayoutEffect(() => {
    const way = owed ?? wayBack();
    owed = null;
    dialog.current?.showModal();
    // The focus goes back once the page is as it will be: closing it in the page would lay out what is about to leave with it.
    return () => {
      owed = way;
      queueMicrotask(() => {
        if (owed !== way) return;
        owed = null;
        way.find((one) => one.isConnected)?.focus();
      });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="sheet"
      data-size={size}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onMouseDown={(event) => event.target === dialog.current && close()}
    >
      <div className="sheet-body">
        <header className="sheet-head">
          <h2 id={heading}>{title}</h2>
          <button className="tool" onClick={close} aria-label={t('shared.close')}>
            <IconX />
          </button>
        </header>
        {children}
      </div>
      {inDialogs}
    </dialog>
  );
}
