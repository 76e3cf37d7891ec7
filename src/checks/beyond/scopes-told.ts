import type { Exchange } from '../../http/types.ts';
import { operationNames } from '../../profile/types.ts';

/** What the answers of one operation say of the scopes that it needs. */
export interface ScopeNeed {
  operation: string;
  scopes: string[];
  /** HTTP 403, or `error="insufficient_scope"`: the scopes are why it was refused. */
  refused: boolean;
}

/** The scopes that the profile asks for: as App Connect is configured, a list or a query fragment that has one. */
export function scopesAsked(configured: string): string[] {
  if (!configured.includes('=')) return separate(configured);
  return separate(new URLSearchParams(configured.replace(/^[?&]+/, '')).get('scope') ?? '');
}

/** The scopes that the first token response names (RFC 6749 section 5.1); null: none does. */
export function scopesGranted(exchanges: readonly Exchange[]): string[] | null {
  for (const { intent, response } of exchanges) {
    if (!intent.startsWith('token request') || !response || response.status >= 300) continue;
    const scope = fieldsOf(response.body).scope;
    if (typeof scope === 'string') return separate(scope);
    if (Array.isArray(scope)) return scope.filter((one) => typeof one === 'string');
  }
  return null;
}

/**
 * The scopes that answers to operations name: `scope` of a WWW-Authenticate header (RFC 6750 section 3), GitHub's
 * `X-Accepted-OAuth-Scopes`, and members of a refusal such as HubSpot's `requiredGranularScopes`.
 */
export function scopesNeeded(exchanges: readonly Exchange[]): ScopeNeed[] {
  const needs = new Map<string, ScopeNeed>();
  for (const { intent, response } of exchanges) {
    if (!response || !operations.has(intent)) continue;
    const { 'www-authenticate': challenge = '', 'x-accepted-oauth-scopes': accepted = '' } = response.headers;
    const scopes = [
      ...separate(/\bscope\s*=\s*"([^"]*)"/i.exec(challenge)?.[1] ?? ''),
      ...separate(accepted),
      ...(response.status >= 400 ? requiredIn(fieldsOf(response.body)) : []),
    ];
    if (scopes.length === 0) continue;
    const refused = response.status === 403 || /error\s*=\s*"?insufficient_scope/i.test(challenge);
    const before = needs.get(intent);
    needs.set(intent, {
      operation: intent,
      scopes: [...new Set([...(before?.scopes ?? []), ...scopes])],
      refused: refused || (before?.refused ?? false),
    });
  }
  return [...needs.values()];
}

/** By spaces (RFC 6749 section 3.3), or by what some vendors write between them. */
function separate(list: string): string[] {
  return [...new Set(list.split(/[\s,;+]+/).filter((scope) => scope !== ''))];
}

const operations: ReadonlySet<string> = new Set(operationNames);

const required = /^(required|missing)_?(granular)?_?scopes?$/i;

/** Lists and texts under a name that says that they are the scopes which are wanted, at any depth. */
function requiredIn(value: unknown, depth = 0): string[] {
  if (typeof value !== 'object' || value === null || depth > 5) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (!required.test(key)) return requiredIn(inner, depth + 1);
    return [inner].flat().flatMap((scope) => (typeof scope === 'string' ? separate(scope) : []));
  });
}

/** Members of a JSON object or of a form. */
function fieldsOf(body: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return Object.fromEntries(new URLSearchParams(body));
  }
}
