import type { CheckResult, FeatureId, FeatureResult, SignInKind } from '../report/types.ts';
import { featureIds } from '../report/types.ts';
import { judgeFormats } from './formats.ts';

/** The requirements that decide a feature. `connect` is decided by the kind of credential as well: see `decidersOf`. */
const deciders = {
  connect: ['auth.accepted', 'user.name', 'user.id'],
  'call-pop': [
    'lookup.e164',
    'lookup.plus',
    'lookup.none',
    'lookup.not-everybody',
    'lookup.fields',
    'lookup.any-format',
  ],
  'log-calls': ['activity.create', 'activity.linked', 'activity.separate'],
  'log-messages': ['activity.message', 'activity.message-update'],
  'edit-logs': ['activity.read', 'activity.update', 'activity.update-keeps', 'activity.enrich'],
  'create-contacts': ['contact.create', 'contact.found'],
  disconnect: ['logout.endpoint', 'logout.access-dead', 'logout.refresh-dead'],
} as const satisfies Record<FeatureId, readonly string[]>;

const oauthDeciders = [
  'oauth.authorize',
  'oauth.state',
  'oauth.code-exchange',
  'oauth.token-response',
  'oauth.bearer',
  'oauth.refresh',
] as const;

/** Requirements that say something about a feature without deciding it. A name that ends in a dot is a prefix. */
const touches = {
  connect: ['oauth.', 'auth.', 'user.'],
  'call-pop': ['lookup.'],
  'log-calls': [
    'activity.direction',
    'activity.time',
    'activity.unicode',
    'activity.markup',
    'activity.long',
    'activity.lag',
  ],
  'log-messages': [],
  'edit-logs': ['activity.unknown-id', 'activity.markup', 'activity.long'],
  'create-contacts': ['contact.'],
  disconnect: ['logout.'],
} as const satisfies Record<FeatureId, readonly string[]>;

/**
 * What App Connect will be able to do with this CRM. A requirement that is missing from `checks` (left out by
 * `--only`) counts as not measured; one that is not applicable or waived decides nothing.
 * @param signIn tells which requirements decide about connecting, whether they were asked or not; undefined: a report
 *   of an older version, in which the row that is there tells
 */
export function judgeFeatures(
  checks: readonly CheckResult[],
  signIn?: SignInKind,
): Record<FeatureId, FeatureResult> {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const entries = featureIds.map((id): [FeatureId, FeatureResult] => [id, judgeFeature(id, byId, signIn)]);
  return Object.fromEntries(entries) as Record<FeatureId, FeatureResult>;
}

type Said = 'works' | 'adapter-code' | 'fails' | 'unknown' | 'nothing';

function judgeFeature(
  feature: FeatureId,
  byId: ReadonlyMap<string, CheckResult>,
  signIn: SignInKind | undefined,
): FeatureResult {
  const ids = decidersOf(feature, byId, signIn);
  const said = new Map(ids.map((id) => [id, sayingOf(byId.get(id))]));
  const having = (wanted: Said) => ids.filter((id) => said.get(id) === wanted);
  const cautions = cautionsOf(feature, ids, byId);

  const failing = having('fails');
  if (failing.length > 0) return { state: 'does not work', because: failing, cautions };

  const unknown = having('unknown');
  if (unknown.length > 0) return { state: 'unknown', because: unknown, cautions };
  if (having('nothing').length === ids.length) return { state: 'unknown', because: [...ids], cautions };

  const adapted = having('adapter-code');
  if (needsGetWithoutBody(byId)) adapted.push('user.get-body');
  if (adapted.length > 0) return { state: 'works with adapter code', because: adapted, cautions };
  return { state: 'works', because: [], cautions };
}

function decidersOf(
  feature: FeatureId,
  byId: ReadonlyMap<string, CheckResult>,
  signIn: SignInKind = shownBy(byId),
): readonly string[] {
  if (feature !== 'connect') return deciders[feature];
  const own = signIn === 'authorization code' ? oauthDeciders : ['auth.alternative'];
  return [...own, ...deciders.connect];
}

function shownBy(byId: ReadonlyMap<string, CheckResult>): SignInKind {
  const alternative = byId.get('auth.alternative');
  const isOAuth = alternative === undefined || alternative.verdict === 'not-applicable';
  return isOAuth ? 'authorization code' : 'alternative';
}

function sayingOf(check: CheckResult | undefined): Said {
  if (check === undefined) return 'unknown';
  switch (check.verdict) {
    case 'not-applicable':
    case 'waived':
      return 'nothing';
    case 'blocked':
    case 'not-described':
    case 'inconclusive':
      return 'unknown';
    case 'pass':
      return 'works';
    case 'warn':
    case 'fail': {
      const formats = judgeFormats(check);
      if (formats !== null) return formats.fewFormatsRecoverTheRest ? 'adapter-code' : 'works';
      if (check.verdict === 'fail') return 'fails';
      return check.adapterCode ? 'adapter-code' : 'works';
    }
  }
}

/** App Connect's proxy mode sends an empty JSON body with every GET; where that is refused, everything needs code. */
function needsGetWithoutBody(byId: ReadonlyMap<string, CheckResult>): boolean {
  const verdict = byId.get('user.get-body')?.verdict;
  return verdict === 'warn' || verdict === 'fail';
}

function cautionsOf(
  feature: FeatureId,
  decisive: readonly string[],
  byId: ReadonlyMap<string, CheckResult>,
): string[] {
  const cautions = new Set<string>();
  for (const check of byId.values()) {
    const decides = decisive.includes(check.id);
    if (!decides && !isTouched(feature, check.id)) continue;
    for (const caution of check.cautions) cautions.add(caution);
    if (decides && check.verdict === 'waived') cautions.add(`${check.id} is waived: ${check.summary}`);
    if (decides) addFormatCaution(check, cautions);
    if (!decides && check.level === 'must' && check.verdict === 'fail') {
      cautions.add(`${check.id}: ${check.summary}`);
    }
  }
  return [...cautions];
}

function isTouched(feature: FeatureId, id: string): boolean {
  return touches[feature].some((name) => (name.endsWith('.') ? id.startsWith(name) : id === name));
}

function addFormatCaution(check: CheckResult, cautions: Set<string>): void {
  const formats = judgeFormats(check);
  if (formats === null || formats.fewFormatsRecoverTheRest) return;
  cautions.add(`misses ${formats.missedPercent} % of the stored phone number formats`);
}
