import { asObject } from './json.ts';
import type { Source } from './parse.ts';
import { didYouMean } from './suggest.ts';
import type { ProfileProblem } from './types.ts';

/** Words that a profile may use and that others define: handed in, because a profile knows neither a check nor a run. */
export interface KnownWords {
  /** What `optOut` may name: requirements and items. Absent: anything. */
  optOut?: readonly string[];
}

/** Words that nobody would act on, because there is no such thing. */
export function checkWords(source: Source, { optOut }: KnownWords): ProfileProblem[] {
  return Object.keys(asObject(asObject(source.document).optOut)).flatMap((name) =>
    optOut === undefined || optOut.includes(name)
      ? []
      : {
          file: source.file,
          ...source.keyAt(['optOut', name]),
          message: `\`optOut\` names \`${name}\`, and there is no such requirement or item`,
          expected: 'the id of a requirement, such as `activity.long`, or an item, such as `logout`',
          hint: didYouMean(name, optOut) ?? '`crm-ready explain --list` lists them',
        },
  );
}
