import { describe, expect, it } from 'vitest';
import { type FeatureId, type FeatureState, featureIds } from '../../src/report/types.ts';
import { judgeFeatures } from '../../src/verdict/features.ts';
import { check, checks, checksWithApiKey, type Said } from '../reporters/sample.ts';

const table: Record<FeatureId, string[]> = {
  connect: [
    'auth.accepted',
    'user.name',
    'user.id',
    'oauth.authorize',
    'oauth.state',
    'oauth.code-exchange',
    'oauth.token-response',
    'oauth.bearer',
    'oauth.refresh',
  ],
  'call-pop': ['lookup.e164', 'lookup.plus', 'lookup.none', 'lookup.not-everybody', 'lookup.fields'],
  'log-calls': ['activity.create', 'activity.linked', 'activity.separate'],
  'log-messages': ['activity.message', 'activity.message-update'],
  'edit-logs': ['activity.read', 'activity.update', 'activity.update-keeps', 'activity.enrich'],
  'create-contacts': ['contact.create', 'contact.found'],
  disconnect: ['logout.endpoint', 'logout.access-dead', 'logout.refresh-dead'],
};
const deciding = featureIds.flatMap((feature) => table[feature].map((id) => [id, feature] as const));

/** The features whose state is not `works`. */
function troubled(said: Record<string, Said>): Partial<Record<FeatureId, [FeatureState, string[]]>> {
  const entries = Object.entries(judgeFeatures(checks(said)));
  return Object.fromEntries(
    entries
      .filter(([, { state }]) => state !== 'works')
      .map(([id, { state, because }]) => [id, [state, because]]),
  );
}

it('says that everything works where everything is met', () => {
  for (const feature of Object.values(judgeFeatures(checks()))) {
    expect(feature).toEqual({ state: 'works', because: [], cautions: [] });
  }
});

describe.each(deciding)('%s decides %s', (id, feature) => {
  it.each<[string, Said, FeatureState]>([
    ['that fails', { verdict: 'fail' }, 'does not work'],
    ['met with code', { verdict: 'warn', adapterCode: true }, 'works with adapter code'],
    ['blocked', { verdict: 'blocked', blockedBy: 'auth.tls' }, 'unknown'],
    ['not described', { verdict: 'not-described' }, 'unknown'],
    ['inconclusive', { verdict: 'inconclusive' }, 'unknown'],
  ])('%s', (_, said, state) => {
    expect(troubled({ [id]: said })).toEqual({ [feature]: [state, [id]] });
  });

  it.each<[string, Said]>([
    ['met with a loss that needs no code', { verdict: 'warn' }],
    ['not applicable', { verdict: 'not-applicable' }],
    ['waived', { verdict: 'waived' }],
  ])('and lets it work where it is %s', (_, said) => {
    expect(troubled({ [id]: said })).toEqual({});
  });

  it('and leaves it unknown where it was not asked', () => {
    const results = checks().filter((result) => result.id !== id);
    expect(judgeFeatures(results)[feature]).toEqual({ state: 'unknown', because: [id], cautions: [] });
  });
});

describe('where several hold', () => {
  it.each<[string, Record<string, Said>, FeatureState, string[]]>([
    [
      'a failure outweighs a gap',
      { 'contact.create': { verdict: 'blocked' }, 'contact.found': { verdict: 'fail' } },
      'does not work',
      ['contact.found'],
    ],
    [
      'a gap outweighs adapter code',
      {
        'contact.create': { verdict: 'warn', adapterCode: true },
        'contact.found': { verdict: 'inconclusive' },
      },
      'unknown',
      ['contact.found'],
    ],
    [
      'a failure outweighs adapter code',
      { 'contact.create': { verdict: 'warn', adapterCode: true }, 'contact.found': { verdict: 'fail' } },
      'does not work',
      ['contact.found'],
    ],
    [
      'all failures are named',
      { 'contact.create': { verdict: 'fail' }, 'contact.found': { verdict: 'fail' } },
      'does not work',
      ['contact.create', 'contact.found'],
    ],
    [
      'nothing that applies is nothing known',
      { 'contact.create': { verdict: 'not-applicable' }, 'contact.found': { verdict: 'waived' } },
      'unknown',
      ['contact.create', 'contact.found'],
    ],
  ])('%s', (_, said, state, because) => {
    expect(judgeFeatures(checks(said))['create-contacts']).toMatchObject({ state, because });
  });
});

describe('lookup.any-format', () => {
  const formats = (count: number | null) =>
    count === null ? null : Array.from({ length: count }, () => '###');

  it.each<[number, number | null, FeatureState, string | null]>([
    [0.5, 1, 'works with adapter code', null],
    [0.5, 3, 'works with adapter code', null],
    [0.25, 4, 'works', 'misses 75 % of the stored phone number formats'],
    [0.5, null, 'works', 'misses 50 % of the stored phone number formats'],
    [0.5, 0, 'works', 'misses 50 % of the stored phone number formats'],
    [0, null, 'works', 'misses 100 % of the stored phone number formats'],
    [0.999, null, 'works', 'misses 1 % of the stored phone number formats'],
  ])('with a share of %d and %s more formats', (share, count, state, caution) => {
    const facts = { share, extraFormats: formats(count) };
    const callPop = judgeFeatures(checks({ 'lookup.any-format': { verdict: 'warn', share, facts } }))[
      'call-pop'
    ];
    expect(callPop).toEqual({
      state,
      because: state === 'works' ? [] : ['lookup.any-format'],
      cautions: caution === null ? [] : [caution],
    });
  });

  it('decides nothing at 100 %, or where only E.164 is accepted', () => {
    const whole = { verdict: 'pass', facts: { share: 1, extraFormats: [] } } as const;
    expect(troubled({ 'lookup.any-format': whole })).toEqual({});
    expect(troubled({ 'lookup.any-format': { verdict: 'not-applicable' } })).toEqual({});
  });

  it('leaves a call pop unknown where it was not measured', () => {
    const open = troubled({ 'lookup.any-format': { verdict: 'inconclusive' } });
    expect(open).toEqual({ 'call-pop': ['unknown', ['lookup.any-format']] });
  });

  it('does not outweigh a must that fails', () => {
    const facts = { share: 0.5, extraFormats: ['###'] };
    const said = {
      'lookup.any-format': { verdict: 'warn', facts },
      'lookup.e164': { verdict: 'fail' },
    } as const;
    expect(troubled(said)).toEqual({ 'call-pop': ['does not work', ['lookup.e164']] });
  });
});

describe('user.get-body', () => {
  it.each(['warn', 'fail'] as const)('as a %s makes every feature that works need code', (verdict) => {
    const features = judgeFeatures(
      checks({
        'user.get-body': { verdict },
        'contact.create': { verdict: 'fail' },
        'activity.read': { verdict: 'blocked' },
      }),
    );
    const { 'create-contacts': create, 'edit-logs': edit, ...others } = features;
    expect(create).toMatchObject({ state: 'does not work', because: ['contact.create'] });
    expect(edit).toMatchObject({ state: 'unknown', because: ['activity.read'] });
    for (const feature of Object.values(others)) {
      expect(feature).toMatchObject({ state: 'works with adapter code', because: ['user.get-body'] });
    }
  });

  it('changes nothing where it was not measured', () => {
    expect(troubled({ 'user.get-body': { verdict: 'inconclusive' } })).toEqual({});
  });
});

describe('with a credential other than OAuth', () => {
  it.each<[Said, FeatureState, string[]]>([
    [{ verdict: 'warn' }, 'works', []],
    [{ verdict: 'warn', adapterCode: true }, 'works with adapter code', ['auth.alternative']],
    [{ verdict: 'fail' }, 'does not work', ['auth.alternative']],
    [{ verdict: 'blocked' }, 'unknown', ['auth.alternative']],
  ])('%o makes connect %s', (said, state, because) => {
    const features = judgeFeatures(checksWithApiKey({ 'auth.alternative': said }));
    expect(features.connect).toEqual({ state, because, cautions: [] });
  });

  const accepted = checks().filter(({ id }) => id === 'auth.accepted');
  const others = ['user.name', 'user.id'];

  it('does not wait for OAuth where auth.alternative was not asked', () => {
    expect(judgeFeatures(accepted, 'alternative').connect.because).toEqual(['auth.alternative', ...others]);
  });

  it('waits for OAuth where an OAuth profile was not asked for it, and in a report that does not say', () => {
    for (const signIn of ['authorization code', undefined] as const) {
      const { because } = judgeFeatures(accepted, signIn).connect;
      expect(because).toEqual([
        ...['authorize', 'state', 'code-exchange', 'token-response', 'bearer', 'refresh'].map(
          (name) => `oauth.${name}`,
        ),
        ...others,
      ]);
    }
  });

  it('lets disconnect work with a caution where a key has no revocation by design', () => {
    const caution = 'App Connect forgets the key, the CRM does not';
    const features = judgeFeatures(
      checksWithApiKey({
        'logout.endpoint': { verdict: 'warn', cautions: [caution] },
        'logout.access-dead': { verdict: 'not-applicable' },
        'logout.refresh-dead': { verdict: 'not-applicable' },
      }),
    );
    expect(features.disconnect).toEqual({ state: 'works', because: [], cautions: [caution] });
  });
});

describe('cautions', () => {
  it.each([
    ['auth.missing-refused', 'connect'],
    ['auth.tls', 'connect'],
    ['user.validates', 'connect'],
    ['oauth.bad-client-refused', 'connect'],
  ] as const)('%s fails without breaking %s, and is said beside it', (id, feature) => {
    const features = judgeFeatures(checks({ [id]: { verdict: 'fail', summary: 'lets everybody in' } }));
    for (const other of featureIds) {
      const cautions = other === feature ? [`${id}: lets everybody in`] : [];
      expect(features[other], other).toEqual({ state: 'works', because: [], cautions });
    }
  });

  it.each([
    ['oauth.pkce', ['connect']],
    ['lookup.speed', ['call-pop']],
    ['activity.time', ['log-calls']],
    ['activity.create', ['log-calls']],
    ['activity.long', ['log-calls', 'edit-logs']],
    ['activity.unknown-id', ['edit-logs']],
    ['activity.message', ['log-messages']],
    ['contact.duplicate', ['create-contacts']],
    ['logout.only-this-one', ['disconnect']],
  ])('of %s stand beside %j', (id, expected) => {
    const features = judgeFeatures(checks({ [id]: { cautions: ['mind this', 'mind this'] } }));
    const touched = featureIds.filter((feature) => features[feature].cautions.length > 0);
    expect(touched).toEqual(expected);
    for (const feature of touched) expect(features[feature].cautions).toEqual(['mind this']);
  });

  it('say what was waived', () => {
    const features = judgeFeatures(
      checks({ 'oauth.state': { verdict: 'waived', summary: 'until 2026-06-30' } }),
    );
    expect(features.connect.cautions).toEqual(['oauth.state is waived: until 2026-06-30']);
  });
});

it('knows nothing where nothing was asked', () => {
  for (const feature of Object.values(judgeFeatures([check('lookup.speed')]))) {
    expect(feature.state).toBe('unknown');
  }
});
