import { isLoopbackHost } from '../../http/loopback.ts';
import type { Transport } from '../../http/types.ts';
import { hostsOf } from '../../profile/hosts.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';

interface Facts {
  plain: string[];
  remote: string[];
  /** Hosts to which a request was sent; `trouble`: none was ever answered, and why not. */
  asked?: Asked[];
}

interface Asked {
  origin: string;
  trouble: string | null;
}

export default defineCheck({
  id: 'auth.tls',
  item: 'oauth',
  level: 'must',
  title: 'serves every endpoint over TLS',
  why: 'Credentials, names and call notes cross the network with every call.',
  remedy: {
    vendor: 'Serve the API over https only, with a certificate that public authorities vouch for.',
    integrator: 'Put a TLS proxy in front of the CRM.',
  },
  judged: {
    asks: 'Nothing is sent for it: the addresses of the profile are looked at, and what their hosts answered in the run.',
    pass: 'all are https, and every host that was asked answered over it',
    fail: 'one of them is plain http',
    inconclusive: 'no host was asked, or one of them never answered: its certificate was refused, say',
    notApplicable: 'the CRM is on this machine',
  },
  links: [links.tls],
  needs: [],
  // When everything else was asked.
  phase: 'last',
  async observe({ profile, operations: { transport } }): Promise<Facts> {
    const origins = hostsOf(profile).filter(({ hostname }) => !isLoopbackHost(hostname));
    const remote = origins.map(({ origin }) => origin);
    return {
      plain: origins.filter(({ protocol }) => protocol === 'http:').map(({ origin }) => origin),
      remote,
      asked: remote.flatMap((origin) => askedAt(origin, transport)),
    };
  },
  judge({ plain, remote, asked }) {
    if (plain.length > 0) {
      return {
        verdict: 'fail',
        summary: `plain http: ${plain.join(', ')}`,
        expected: 'https',
        observed: plain.join(', '),
      };
    }
    if (remote.length === 0) return { verdict: 'not-applicable', summary: 'the CRM is on this machine' };
    const silent = asked?.find(({ trouble }) => trouble !== null);
    if (silent) {
      return { verdict: 'inconclusive', summary: `${silent.origin} never answered: ${silent.trouble}` };
    }
    if (asked?.length === 0) return { verdict: 'inconclusive', summary: 'no host was asked over https' };
    return { verdict: 'pass', summary: 'every address of the profile is https' };
  },
});

function askedAt(origin: string, { exchanges, redaction }: Transport): Asked[] {
  // A host name that is a secret is hidden in the evidence.
  const shown = redaction.text(origin);
  const sent = exchanges.filter(
    ({ request: { url } }) =>
      /^[/?#]?$/.test(url.slice(shown.length, shown.length + 1)) && url.startsWith(shown),
  );
  const [first] = sent;
  if (!first) return [];
  const answered = sent.some(({ response }) => response !== undefined);
  return [{ origin, trouble: answered ? null : (first.error?.message ?? 'no answer') }];
}
