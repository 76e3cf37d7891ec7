import { asObject } from './json.ts';
import type { Source } from './parse.ts';
import { didYouMean, oneOf } from './suggest.ts';
import type { ProfileProblem } from './types.ts';

/** Words that a profile may use and that others define: handed in, because a profile knows neither a check nor a run. */
export interface KnownWords {
  /** What `optOut` may name: requirements and items. Absent: anything. */
  optOut?: readonly string[];
  /** Countries whose numbers are known. Absent: any. */
  regions?: readonly string[];
}

/** Words that nobody would act on, because there is no such thing. */
export function checkWords(source: Source, { optOut, regions }: KnownWords): ProfileProblem[] {
  return [...optOutProblems(source, optOut), ...regionProblems(source, regions)];
}

function regionProblems(source: Source, known: KnownWords['regions']): ProfileProblem[] {
  const { region } = asObject(source.document);
  // What is no country at all the schema refuses.
  if (typeof region !== 'string' || !/^[A-Z]{2}$/.test(region) || (known ?? [region]).includes(region))
    return [];
  return [
    {
      file: source.file,
      ...source.valueAt(['region']),
      message: `no fictional phone numbers are known for the region ${region}`,
      expected: oneOf(known ?? [], 40),
      hint: 'write one of these, or name one with --region',
    },
  ];
}

function optOutProblems(source: Source, known: KnownWords['optOut']): ProfileProblem[] {
  return Object.keys(asObject(asObject(source.document).optOut)).flatMap((name) =>
    known === undefined || known.includes(name)
      ? []
      : {
          file: source.file,
          ...source.keyAt(['optOut', name]),
          message: `\`optOut\` names \`${name}\`, and there is no such requirement or item`,
          expected: 'the id of a requirement, such as `activity.long`, or an item, such as `logout`',
          hint: didYouMean(name, known) ?? '`crm-ready explain --list` lists them',
        },
  );
}
