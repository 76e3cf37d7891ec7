import { isLoopbackHost } from '../../http/loopback.ts';
import { hostsOf } from '../../profile/hosts.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';

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
    asks: 'Nothing is sent: the addresses of the profile are looked at.',
    pass: 'all are https',
    fail: 'one of them is plain http',
    notApplicable: 'the CRM is on this machine',
  },
  links: [links.tls],
  needs: [],
  async observe({ profile }) {
    const origins = hostsOf(profile);
    return {
      plain: origins
        .filter(({ protocol, hostname }) => protocol === 'http:' && !isLoopbackHost(hostname))
        .map(({ origin }) => origin),
      remote: origins.filter(({ hostname }) => !isLoopbackHost(hostname)).map(({ origin }) => origin),
    };
  },
  judge({ plain, remote }) {
    if (plain.length > 0) {
      return {
        verdict: 'fail',
        summary: `plain http: ${plain.join(', ')}`,
        expected: 'https',
        observed: plain.join(', '),
      };
    }
    if (remote.length === 0) return { verdict: 'not-applicable', summary: 'the CRM is on this machine' };
    return { verdict: 'pass', summary: 'every address of the profile is https' };
  },
});
