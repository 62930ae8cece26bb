import { useEffect, useRef } from 'react';

/** What has the focus when a sheet opens, instead of its cross. */
export function useFirstFocus<Part extends HTMLElement>() {
  const part = useRef<Part>(null);
  useEffect(() => part.current?.focus(), []);
  return part;
}
