import { IconX } from '@tabler/icons-react';
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import './dialog.css';
import { t } from './words.js';

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
  useLayoutEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    // The focus goes back to whatever opened it, if that stays: closing it in the page would lay out what is about to leave with it.
    return () => queueMicrotask(() => opener instanceof HTMLElement && opener.isConnected && opener.focus());
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
    </dialog>
  );
}
