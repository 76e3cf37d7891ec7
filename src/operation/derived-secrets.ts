import type { Redaction } from '../http/types.ts';
import { watching } from '../profile/template-watch.ts';
import type { AuthConfig, Profile } from '../profile/types.ts';

/**
 * Renders, and tells the redaction what the templates make of a secret: where a CRM asks for the hash of a password, the
 * hash is as good as the password.
 * @param what `login`: what its steps capture is secret, too, but for what the login `discovers`
 */
export function tellingSecrets<T>(
  { auth, credentials }: Pick<Profile, 'auth' | 'credentials'>,
  redaction: Redaction,
  what: 'login' | 'other',
  render: () => T,
): T {
  const discovered = new Set([auth, ...Object.values(credentials)].flatMap(discoveredBy));
  const isSecret = ([root, name]: readonly (string | null)[]): boolean => {
    switch (root) {
      case 'secrets':
        return true;
      case 'auth':
        return !discovered.has(name ?? '');
      case 'captures':
        return what === 'login' && !discovered.has(name ?? '');
      case 'user':
        return name === 'accessToken' || name === 'refreshToken';
      default:
        return false;
    }
  };
  return watching((reads, value, template) => {
    if (!reads.some(isSecret)) return;
    for (const leaf of leavesOf(value)) if (!isPlainWord(leaf, template)) redaction.add(leaf);
  }, render);
}

/** Words that the template itself has, as `secrets.KIND | default: "Contact"` does, do not come from the secret. */
function isPlainWord(value: string, template: string): boolean {
  const text = template.toLowerCase();
  return [value, ...decoded(value)].some((form) => {
    const word = form.toLowerCase();
    return (
      /^[\p{L}\s_/-]+$/u.test(word) &&
      [`"${word}"`, `'${word}'`, `}${word}{`].some((place) => text.includes(place))
    );
  });
}

/** Texts and numbers of a value, however deep. Yes and no are no secrets. */
export function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value, ...decoded(value)];
  if (typeof value === 'number') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

/** In a URL an expression is percent-encoded; elsewhere it stands as it is. */
function decoded(text: string): string[] {
  try {
    const plain = decodeURIComponent(text);
    return plain === text ? [] : [plain];
  } catch {
    return [];
  }
}

function discoveredBy(auth: AuthConfig): readonly string[] {
  return auth.type === 'login' || auth.type === 'oauth' ? auth.discovers : [];
}
