import { renderTemplate } from './template.ts';
import type { AuthConfig, Profile } from './types.ts';

/** Every address that the profile names: the only ones that may see its credentials. */
export function hostsOf(profile: Profile): URL[] {
  const { requestDefaults, hosts, auth, credentials, operations, secrets, vars } = profile;
  const auths = [auth, ...Object.values(credentials)];
  const steps = [
    ...auths.flatMap((one) => (one.type === 'login' ? one.steps : [])),
    ...Object.values(operations).flatMap((operation) =>
      operation.kind === 'notSupported'
        ? []
        : [...operation.steps, ...(operation.kind === 'search' ? operation.requests : [])],
    ),
  ];
  const absolute = steps.flatMap(({ url }) => (/^https?:\/\//i.test(url) ? [url] : []));
  const texts = [requestDefaults.baseUrl, ...Object.values(hosts), ...auths.flatMap(authUrls), ...absolute];
  const urls = texts.flatMap((text) => {
    const rendered = profile.language === 'crm-ready' ? origin(text, { secrets, vars }) : text;
    return rendered !== null && URL.canParse(rendered) ? [new URL(rendered)] : [];
  });
  return [...new Map(urls.map((url) => [url.origin, url])).values()];
}

function authUrls(auth: AuthConfig): string[] {
  return auth.type === 'oauth' ? [auth.authUrl ?? '', auth.tokenUrl] : [];
}

/** Scheme and host of a URL template; null where they depend on something that is known only during the run. */
function origin(template: string, variables: Record<string, unknown>): string | null {
  const head = /^https?:\/\/(?:\{\{.*?\}\}|[^/?#{])*/i.exec(template)?.[0];
  if (head === undefined) return null;
  try {
    return String(renderTemplate(head, variables));
  } catch {
    return null;
  }
}
