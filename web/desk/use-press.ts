import { useRef, useState } from 'react';

/** Does what was pressed, one thing at a time however hastily it is pressed, and keeps why it did not work until the next time. */
export function usePress() {
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const working = useRef(false);
  const press = async (work: () => Promise<void>): Promise<void> => {
    if (working.current) return;
    working.current = true;
    setBusy(true);
    setTrouble(null);
    try {
      await work();
    } catch (error) {
      setTrouble((error as Error).message);
    } finally {
      working.current = false;
      setBusy(false);
    }
  };
  return { press: (work: () => Promise<void>) => void press(work), trouble, busy };
}
