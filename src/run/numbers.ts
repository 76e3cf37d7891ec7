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

/** Draws fictional numbers of a country, each once. */
export class NumberPool {
  readonly #random: Random;
  readonly #patterns: readonly string[];
  readonly #drawn = new Set<string>();

  /** @throws {RangeError} for a country without known fictional numbers */
  constructor(random: Random, region: string) {
    const patterns = fictional[region];
    if (!patterns)
      throw new RangeError(
        `no fictional numbers are known for ${region}; use ${fictionalRegions.join(', ')}`,
      );
    this.#random = random;
    this.#patterns = patterns;
  }

  /** @returns E.164 */
  draw(): string {
    for (;;) {
      const pattern = this.#patterns[this.#random.below(this.#patterns.length)] ?? '';
      const number = pattern.replaceAll(' ', '').replace(/X/g, () => String(this.#random.below(10)));
      if (this.#drawn.has(number)) continue;
      this.#drawn.add(number);
      return number;
    }
  }
}
