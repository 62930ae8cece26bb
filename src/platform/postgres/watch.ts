const usual = 250;
const longest = 4_000;

/** A look that is repeated until it is ended. */
export interface Watch {
  /** Ends the watch, after the look that is under way. */
  end(): Promise<void>;
}

/** Looks four times a second; after a failure less and less often, down to every four seconds, until a look succeeds. */
export function watch(look: () => Promise<void>, onFailure: (error: unknown) => void): Watch {
  let ended = false;
  let pause = usual;
  let timer: NodeJS.Timeout;
  let underWay: Promise<void> = Promise.resolve();
  const again = async (): Promise<void> => {
    try {
      await look();
      pause = usual;
    } catch (error) {
      onFailure(error);
      pause = Math.min(pause * 2, longest);
    }
    if (!ended) schedule();
  };
  const schedule = (): void => {
    // A watch alone does not keep its process running.
    timer = setTimeout(() => {
      underWay = again();
    }, pause).unref();
  };
  schedule();
  return {
    async end() {
      ended = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}
