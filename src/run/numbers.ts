import type { Random } from './random.ts';

/** Phone numbers that belong to nobody: ranges that national authorities reserve for fiction. `X` is any digit. */
const fictional: Record<string, readonly string[]> = {
  US: ['212', '213', '303', '305', '312', '404', '415', '512', '602', '617', '702', '713', '818', '916'].map(
    (areaCode) => `+1${areaCode}55501XX`,
  ),
  CA: ['204', '403', '416', '514', '604', '613', '780', '902'].map((areaCode) => `+1${areaCode}55501XX`),
  GB: ['+44207946 0XXX', '+44113496 0XXX'],
  AU: ['+6125550XXXX', '+6135550XXXX', '+6175550XXXX', '+6185550XXXX'],
  FR: ['+331990 0XXXX', '+3326191XXXX', '+3335301XXXX'],
  DE: ['+493023125XXX', '+494066969XXX', '+492214710XXX', '+498999998XXX'],
  SE: ['+468465004XX'],
  IE: ['+3532091XXXXX'],
  HU: ['+361555XXXX'],
};

/** Countries whose fictional numbers are known. */
export const fictionalRegions: readonly string[] = Object.keys(fictional);

/** A fictional number of a country, to see how its numbers are written. @returns E.164 */
export function exampleNumber(region: string): string {
  const [pattern = '+14155550123'] = fictional[region] ?? [];
  return pattern.replaceAll(' ', '').replace(/X/g, '4');
}

/** The other fictional numbers of a country that end in the same seven digits, where any are known. */
export function sameEndings(e164: string, region: string): string[] {
  const ending = e164.slice(-7);
  return (fictional[region] ?? []).flatMap((pattern) => {
    const compact = pattern.replaceAll(' ', '');
    const number = compact.slice(0, -7) + ending;
    const isFictional = [...compact].every((character, at) => character === 'X' || character === number[at]);
    return isFictional && number !== e164 ? [number] : [];
  });
}

/** Draws fictional numbers, each once, and no two that end in the same seven digits: some searches look at no more. */
export class NumberPool {
  readonly #random: Random;
  readonly #region: string;
  readonly #drawn = new Set<string>();

  /** @param region where a number is from when nothing else is asked for */
  constructor(random: Random, region: string) {
    this.#random = random;
    this.#region = region;
  }

  /**
   * @returns E.164
   * @throws {RangeError} for a country without known fictional numbers, and when all of them were drawn
   */
  draw(region = this.#region): string {
    const patterns = fictional[region] ?? [];
    for (let tries = 0; tries < 1000; tries++) {
      const pattern = patterns[this.#random.below(Math.max(1, patterns.length))] ?? '';
      const number = pattern.replaceAll(' ', '').replace(/X/g, () => String(this.#random.below(10)));
      const tail = number.slice(-7);
      if (number === '' || this.#drawn.has(tail)) continue;
      this.#drawn.add(tail);
      return number;
    }
    throw new RangeError(
      `no more fictional numbers are known for ${region}; use ${fictionalRegions.join(', ')}`,
    );
  }
}
