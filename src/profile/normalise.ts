import { basename } from 'node:path';
import type { Path } from './locate.ts';
import { normaliseAuth } from './normalise-auth.ts';
import { normaliseOperation, texts } from './normalise-operation.ts';
import type { Source } from './parse.ts';
import type { WrittenAuth, WrittenProfile } from './surface.ts';
import { type Fixtures, type Json, operationNames, type Profile, type ProfileProblem } from './types.ts';
import { renderUrl } from './urls.ts';

/** What a document of our language becomes, once its structure, names and templates have been found good. */
export function normalise(
  source: Source,
  given: {
    secrets: Record<string, string>;
    vars: Record<string, Json>;
    hash: string;
    notes: ProfileProblem[];
  },
): { profile: Profile; problems: ProfileProblem[] } {
  // The schema has accepted it: see `validateStructure`.
  const written = source.document as unknown as WrittenProfile;
  const problems: ProfileProblem[] = [];
  const url = (path: Path, template: string): string => {
    const result = renderUrl(source, path, template, given);
    if ('url' in result) return result.url;
    problems.push(result.problem);
    return '';
  };
  const credential = (auth: WrittenAuth, path: Path) =>
    normaliseAuth(auth, (key, template) => url([...path, key], template));
  const { meta, requestDefaults, operations } = written;
  const profile: Profile = {
    language: 'crm-ready',
    file: basename(source.file),
    hash: given.hash,
    meta: {
      name: meta.name,
      displayName: meta.displayName ?? meta.name,
      ...(meta.logFormat !== undefined && { logFormat: meta.logFormat }),
    },
    secrets: given.secrets,
    vars: given.vars,
    auth: credential(written.auth, ['auth']),
    credentials: mapValues(written.credentials ?? {}, (auth, name) =>
      credential(auth, ['credentials', name]),
    ),
    hosts: mapValues(written.hosts ?? {}, (host, name) => url(['hosts', name], host)),
    allowHosts: written.allowHosts ?? [],
    requestDefaults: {
      baseUrl: url(['requestDefaults', 'baseUrl'], requestDefaults.baseUrl),
      timeoutSeconds: requestDefaults.timeoutSeconds ?? 30,
      defaultHeaders: texts(requestDefaults.defaultHeaders),
    },
    operations: Object.fromEntries(
      operationNames.flatMap((name) => {
        const operation = operations[name];
        return operation === undefined ? [] : [[name, normaliseOperation(name, operation)]];
      }),
    ),
    settleSeconds: written.settle ?? defaults.settleSeconds,
    limits: { ...defaults.limits, ...written.limits },
    region: written.region ?? defaults.region,
    testData: written.testData ?? {},
    fixtures: normaliseFixtures(written.fixtures),
    optOut: written.optOut ?? {},
    notes: given.notes,
    document: source.document,
    locate: source.keyAt,
  };
  return { profile, problems };
}

/** What a profile need not say. */
export const defaults = { settleSeconds: 60, limits: { concurrency: 10 }, region: 'US' } as const;

function normaliseFixtures(fixtures: WrittenProfile['fixtures']): Fixtures {
  const { contacts = [], callLog, messageLog } = fixtures ?? {};
  return {
    contacts: contacts.map((contact) => ({ ...contact, id: String(contact.id) })),
    ...(callLog && {
      callLog: {
        ...withoutContactId(callLog),
        id: String(callLog.id),
        ...(callLog.contactId !== undefined && { contactId: String(callLog.contactId) }),
      },
    }),
    ...(messageLog && { messageLog: { ...messageLog, id: String(messageLog.id) } }),
  };
}

function withoutContactId<T extends { contactId?: unknown }>({
  contactId: _,
  ...rest
}: T): Omit<T, 'contactId'> {
  return rest;
}

function mapValues<T, U>(
  values: Record<string, T>,
  change: (value: T, name: string) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));
}
