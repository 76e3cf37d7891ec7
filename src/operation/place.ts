import { asObject } from '../profile/json.ts';
import type { Path } from '../profile/locate.ts';
import type { AuthConfig, Profile, Step } from '../profile/types.ts';

/** Where a request stands in the document, so that a message can point at it; null for one that is not part of it. */
export function placeOf(profile: Profile, step: Step): Path | null {
  const { operations } = asObject(profile.document);
  for (const [name, operation] of Object.entries(profile.operations)) {
    if (operation.kind === 'notSupported') continue;
    const written = asObject(asObject(operations)[name]);
    const at = ['operations', name];
    const index = operation.steps.indexOf(step);
    if (index >= 0) return Array.isArray(written.steps) ? [...at, 'steps', index] : at;
    const requests: readonly Step[] = operation.kind === 'search' ? operation.requests : [];
    const request = requests.indexOf(step);
    if (request >= 0) return Array.isArray(written.requests) ? [...at, 'requests', request] : at;
  }
  return inCredential(profile.auth, ['auth'], step) ?? inCredentials(profile, step);
}

function inCredentials({ credentials }: Profile, step: Step): Path | null {
  for (const [name, auth] of Object.entries(credentials)) {
    const found = inCredential(auth, ['credentials', name], step);
    if (found) return found;
  }
  return null;
}

function inCredential(auth: AuthConfig, path: Path, step: Step): Path | null {
  const index = auth.type === 'login' ? auth.steps.indexOf(step) : -1;
  return index < 0 ? null : [...path, 'steps', index];
}
