import type { TextLimit } from '../../checks/activity/specimens.ts';

/** Sizes that text fields are given. */
const usual = [
  128, 150, 160, 200, 250, 255, 256, 500, 512, 1000, 1024, 2000, 2048, 3000, 4000, 4096, 5000, 6000, 8000,
  8192, 10_000, 12_000, 15_000, 16_000, 16_384,
];

/** Texts that the search may try: each that goes through is one more record in the CRM. */
export const mostTries = 12;

/**
 * How long a text may be, by bisection: among the usual sizes first, then one character more than the largest that
 * goes through; where that goes through as well, what lies between it and the next.
 * @param known a length that goes through and one that does not
 * @param accepts null: it could not be seen, so the search ends with what is known
 */
export async function findTextLimit(
  known: TextLimit,
  accepts: (length: number) => Promise<boolean | null>,
): Promise<TextLimit> {
  let { accepted, refused } = known;
  let left = mostTries;
  const ask = async (length: number): Promise<void> => {
    const answer = await accepts(length);
    left = answer === null ? 0 : left - 1;
    if (answer === true) accepted = length;
    if (answer === false) refused = length;
  };
  const open = (): boolean => left > 0 && refused - accepted > 1;
  for (;;) {
    const between = usual.filter((length) => length > accepted && length < refused);
    const middle = between[Math.floor(between.length / 2)];
    if (middle === undefined || !open()) break;
    await ask(middle);
  }
  if (open()) await ask(accepted + 1);
  while (open()) await ask(Math.floor((accepted + refused) / 2));
  return { accepted, refused };
}
