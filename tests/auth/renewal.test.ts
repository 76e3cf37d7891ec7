import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lasting } from '../../src/auth/lasting.ts';
import { type Credential, createSession, type Renewed, type Session } from '../../src/auth/session.ts';
import { createRedaction } from '../../src/http/redaction.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function credential(name: string, expiresIn: number, renew?: Credential['renew']): Credential {
  return {
    values: { accessToken: name },
    carry: ({ accessToken = '' }) => ({ headers: { authorization: `Bearer ${accessToken}` }, query: {} }),
    variables: () => ({}),
    proxy: () => ({ authType: 'oauth' }),
    obtained: true,
    tokens: { accessToken: name, refreshToken: null, expiresIn },
    ...(renew && { renew }),
  };
}

/** A session of ten seconds, and what its renewals come to, in order; the last of them for ever. */
function session(...renewals: Renewed<Credential>[]): { session: Session; asked(): number } {
  let asked = 0;
  const renew = async () => {
    asked += 1;
    const next = renewals[Math.min(asked, renewals.length) - 1];
    if (!next) throw new Error('nothing renews it');
    return next;
  };
  return {
    session: createSession(credential('Access-0123456789', 10, renew), createRedaction()),
    asked: () => asked,
  };
}

const busy: Renewed<Credential> = { kind: 'not renewed', reason: 'HTTP 503', again: 'later' };
const refused: Renewed<Credential> = { kind: 'not renewed', reason: 'refused: HTTP 400', again: 'never' };
const renewed: Renewed<Credential> = { kind: 'renewed', value: credential('Access-9876543210', 600) };

const tokenOf = async (one: Session) => (await one.fresh()).tokens?.accessToken;

describe('a renewal that fails', () => {
  it('for trouble is asked for again after a pause, once for all who wait for it', async () => {
    const { session: first, asked } = session(busy, renewed);
    vi.advanceTimersByTime(7600);
    const seen = await Promise.all([tokenOf(first), tokenOf(first)]);
    expect({ seen, asked: asked() }).toEqual({ seen: ['Access-0123456789', 'Access-0123456789'], asked: 1 });
    vi.advanceTimersByTime(900);
    expect({ token: await tokenOf(first), asked: asked() }).toEqual({ token: 'Access-0123456789', asked: 1 });
    vi.advanceTimersByTime(200);
    const now = await Promise.all([tokenOf(first), tokenOf(first)]);
    expect({ now, asked: asked() }).toEqual({ now: ['Access-9876543210', 'Access-9876543210'], asked: 2 });
  });

  it('again and again is asked for less and less often', async () => {
    const { session: first, asked } = session(busy);
    vi.advanceTimersByTime(7600);
    for (let second = 0; second < 60; second++) {
      await first.fresh();
      vi.advanceTimersByTime(1000);
    }
    expect(asked()).toBeLessThan(9);
    expect(asked()).toBeGreaterThan(4);
  });

  it('because it is refused is not asked for again', async () => {
    const { session: first, asked } = session(refused);
    vi.advanceTimersByTime(7600);
    await first.fresh();
    vi.advanceTimersByTime(600_000);
    await first.fresh();
    expect(asked()).toBe(1);
  });

  it('because nothing could be sent is asked for again at once', async () => {
    const { session: first } = session({ ...busy, again: 'now' }, renewed);
    vi.advanceTimersByTime(7600);
    expect(await tokenOf(first)).toBe('Access-0123456789');
    expect(await tokenOf(first)).toBe('Access-9876543210');
  });
});

describe('a token that has expired', () => {
  it('without a successor has ended, and says why; whoever watches it die is not told', async () => {
    const { session: first } = session(busy);
    expect(first.ended()).toBeNull();
    vi.advanceTimersByTime(10_000);
    await first.fresh();
    expect(first.ended()).toBe('the token expired and could not be renewed: HTTP 503');
    expect([first.ended('none'), first.ended('client'), first.as('tampered').ended()]).toEqual([
      null,
      null,
      null,
    ]);
    expect(first.pinned().ended()).toBeNull();
  });

  it('has not, where nobody said how long it lives', () => {
    const { ended } = createSession(
      { ...credential('Access-0123456789', 0), tokens: null },
      createRedaction(),
    );
    vi.advanceTimersByTime(1_000_000);
    expect(ended()).toBeNull();
  });

  it('is replaced by a sign-in where work must be done, each time', async () => {
    const { session: first } = session(refused);
    let signIns = 0;
    const worked = lasting(first, async () => {
      signIns += 1;
      return createSession(credential(`Anew-0123456789-${signIns}`, 10), createRedaction());
    });
    expect(await tokenOf(worked)).toBe('Access-0123456789');
    vi.advanceTimersByTime(10_000);
    expect(await Promise.all([tokenOf(worked), tokenOf(worked)])).toEqual(
      Array.from({ length: 2 }, () => 'Anew-0123456789-1'),
    );
    vi.advanceTimersByTime(10_000);
    expect(await tokenOf(worked)).toBe('Anew-0123456789-2');
  });

  it('is waited for a little there, where only its renewal can help', async () => {
    const { session: first, asked } = session(busy, busy, renewed);
    const worked = lasting(first, async () => null);
    vi.advanceTimersByTime(10_000);
    expect({ token: await tokenOf(worked), asked: asked() }).toEqual({
      token: 'Access-9876543210',
      asked: 3,
    });
  });
});
