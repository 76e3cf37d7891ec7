import { setMaxListeners } from 'node:events';
import { HttpTrouble } from './trouble.ts';

/** Leave to send, until its signal is aborted; the reason is an HttpTrouble. */
export interface Passage {
  signal: AbortSignal;
  /** Aborted when the connections are closed: then nothing is under way any more. */
  closing: AbortSignal;
  /** Whether this is clean-up, which no budget holds back. */
  cleanUp: boolean;
}

/** The one door through which all requests of a run go. */
export interface Door {
  passage(): Passage;
  /** See `Transport.cancel`. */
  shut(reason: 'cancelled' | 'deadline'): void;
  /** See `Transport.cleanUp`. @returns to be called when it is done */
  openForCleanUp(seconds: number): () => void;
  close(): void;
}

const messages = {
  cancelled: 'The run was interrupted.',
  deadline: 'The time for this run is over: raise its deadline, or ask fewer questions.',
} as const;

/** Every request that waits for its turn listens: more than the ten at which Node suspects a leak. */
function opened(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

export function createDoor(): Door {
  const ordinary = opened();
  const closing = opened();
  let cleanUp: AbortController | null = null;
  return {
    passage: () => ({
      signal: (cleanUp ?? ordinary).signal,
      closing: closing.signal,
      cleanUp: cleanUp !== null,
    }),
    shut: (reason) => ordinary.abort(new HttpTrouble(reason, messages[reason])),
    openForCleanUp(seconds) {
      const controller = opened();
      cleanUp = controller;
      const late = `Cleaning up took longer than the ${seconds} s it may take.`;
      const timer = setTimeout(
        () => controller.abort(new HttpTrouble('deadline', late)),
        seconds * 1000,
      ).unref();
      return () => {
        clearTimeout(timer);
        cleanUp = null;
      };
    },
    close() {
      const closed = new HttpTrouble('cancelled', 'The connections of this run are closed.');
      for (const controller of [ordinary, cleanUp, closing]) controller?.abort(closed);
    },
  };
}
