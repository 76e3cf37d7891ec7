import { createHash } from 'node:crypto';

/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
}

/** From the digests of a counter: slow beside other generators, and the same on every machine. */
export function seededRandom(seed: string): Random {
  let count = 0;
  return {
    below(below) {
      count += 1;
      return createHash('sha256').update(`${seed}:${count}`).digest().readUInt32BE(0) % below;
    },
  };
}
