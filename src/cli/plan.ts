import type { LookupDepth } from '../checks/define-check.ts';
import { hostsOf } from '../profile/hosts.ts';
import { loadProfile } from '../profile/load.ts';
import { itemTitles } from '../report/titles.ts';
import { itemIds } from '../report/types.ts';
import { type Plan, planRun } from '../run/plan.ts';
import { whatIsCreated } from './consent.ts';
import { environment, inRegion, variables } from './inputs.ts';
import { knownWords, refuseNeverAsked, refuseUnknown } from './selection.ts';

export interface PlanCommandOptions {
  profile: string;
  envFile?: string;
  var: string[];
  only?: string[];
  readOnly?: boolean;
  lookup: LookupDepth;
  region?: string;
}

/** `crm-ready plan`: what a check would ask and create. Sends nothing. @returns the exit code */
export async function plan(options: PlanCommandOptions): Promise<number> {
  refuseUnknown(options.only);
  const described = await loadProfile(options.profile, {
    env: await environment(options.envFile),
    vars: variables(options.var),
    words: knownWords(options.region),
  });
  refuseNeverAsked(options.only, described);
  const profile = inRegion(described, options.region);
  const { only = null, readOnly = false, lookup } = options;
  const planned = planRun(profile, { only, readOnly, lookup });
  const asked = planned.checks.filter((check) => planned.leftOut.every((one) => one.check !== check));
  const created = whatIsCreated(planned);
  const removal =
    planned.undeletable.length === 0
      ? 'all of it'
      : `not all: the profile describes no ${planned.undeletable.join(', no ')}`;
  const lines = [
    `${profile.meta.displayName} (${profile.file})`,
    `  asks     ${hostsOf(profile)
      .map(({ origin }) => origin)
      .join(', ')}`,
    ...(created === 'nothing'
      ? ['  creates  nothing']
      : [`  creates  at most ${created}`, ...moreIfRefused(planned), `  removes  ${removal}`]),
    `  sends    about ${planned.requests} requests where all goes well; what is not found at once is asked for again`,
    '',
    ...itemIds.flatMap((item) => {
      const checks = asked.filter((check) => check.item === item);
      if (checks.length === 0) return [];
      return [itemTitles[item], ...checks.map(({ id, title }) => `  ${id.padEnd(26)} ${title}`), ''];
    }),
    ...(planned.leftOut.length === 0
      ? []
      : [
          'Not asked',
          ...planned.leftOut.map(({ check, reason }) => `  ${check.id.padEnd(26)} ${reason}`),
          '',
        ]),
    `${asked.length} requirements. Nothing was sent.`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

function moreIfRefused({ callLogsIfRefused: more }: Plan): string[] {
  return more === 0
    ? []
    : [`           up to ${more} more call records where a long text is refused, to find the limit`];
}
