import { setMaxListeners } from 'node:events';
import { HttpTrouble } from './trouble.ts';

/** Leave to send, until its signal is aborted; the reason is an HttpTrouble. */
export interface Passage {
  signal: AbortSignal;
  /** Whether this is clean-up, which no budget holds back. */
  cleanUp: boolean;
}

/** The one door through which all requests of a run go. */
export interface Door {
  passage(): Passage;
  /** See `Transport.cancel`. */
  shut(reason: 'cancelled' | 'deadline'): void;
  /** See `Transport.allowCleanUp`. */
  openForCleanUp(seconds: number): void;
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
  let controller = opened();
  let cleanUp = false;
  let timer: NodeJS.Timeout | undefined;
  const shut = (trouble: HttpTrouble) => {
    clearTimeout(timer);
    controller.abort(trouble);
  };
  return {
    passage: () => ({ signal: controller.signal, cleanUp }),
    shut: (reason) => shut(new HttpTrouble(reason, messages[reason])),
    openForCleanUp(seconds) {
      clearTimeout(timer);
      controller = opened();
      cleanUp = true;
      timer = setTimeout(
        () => shut(new HttpTrouble('deadline', `Cleaning up took longer than the ${seconds} s it may take.`)),
        seconds * 1000,
      ).unref();
    },
    close: () => shut(new HttpTrouble('cancelled', 'The connections of this run are closed.')),
  };
}
