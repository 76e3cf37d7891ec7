/** Why a need could not be had: not a verdict on the check that needs it. */
export interface Miss {
  verdict: 'blocked' | 'inconclusive' | 'not-described' | 'not-applicable';
  /** The requirement that is the cause; null when it is no requirement (read-only, cancelled). */
  by: string | null;
  reason: string;
}

/** Thrown inside `observe` when a question turns out to be unanswerable for a reason outside the CRM's behaviour. */
export class Unanswerable extends Error {
  readonly miss: Miss;
  constructor(miss: Miss) {
    super(miss.reason);
    this.miss = miss;
  }
}
