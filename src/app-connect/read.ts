import type { Json } from '../profile/types.ts';
import { mapOf, operationDocument } from './document.ts';
import { walk } from './template.ts';

type Values = Record<string, unknown>;
type Mapping = Readonly<Record<string, unknown>>;

/**
 * The values that App Connect takes from an answer of a bare proxyConfig: its dot paths over `{ body }`, its defaults
 * where a path is left out. Keys are the mapping's without `Path`: `idPath` gives `id`, `fullBodyPath` gives `fullBody`.
 *
 * - getUserInfo: `id`, `name` (without `namePath` the id), `timezoneName`, `overridingApiKey`, `message`,
 *   `platformAdditionalInfo`
 * - findContact, findContactWithName, getUserList: `list`, whose records have `raw`, the record itself. Nothing at
 *   `listPath` is an empty list; something that is no list is null: App Connect fails there.
 * - createContact: `id`, `name`, `type`; all null without an `idPath`
 * - createCallLog, createMessageLog: `id`, as text · getCallLog: `subject`, `note`, `fullBody`
 * - getLicenseStatus: `isLicenseValid`, `licenseStatus`, `licenseStatusDescription`
 *
 * @param body parsed JSON, else the text
 * @param login what else getUserInfo's paths can see: `additionalInfo`, `apiKey`, `hostname`, `platform`
 * @returns null for what is not found; an empty record for an operation whose answer App Connect does not read
 */
export function readProxyAnswer(
  config: Json,
  operation: string,
  body: unknown,
  login: Readonly<Record<string, unknown>> = {},
): Values {
  const given = operationDocument(config, operation).operation?.responseMapping;
  const mapping = mapOf(given);
  const at = (key: string, fallback?: string): unknown => {
    const path = mapping[`${key}Path`] || fallback;
    return path === undefined ? undefined : walk({ body }, String(path));
  };
  switch (operation) {
    case 'getUserInfo':
      return withNulls(userInfo(mapping, { body, ...login }));
    case 'findContact':
    case 'findContactWithName':
      return { list: given ? records(at('list', 'body'), mapOf(mapping.item), contact) : [] };
    case 'getUserList':
      return { list: mapping.listPath ? records(at('list'), mapping, listedUser) : [] };
    case 'createContact':
      if (!mapping.idPath) return { id: null, name: null, type: null };
      return withNulls({
        id: at('id'),
        name: at('name', 'body.name'),
        type: at('type', 'body.type') || 'Contact',
      });
    case 'createCallLog':
      return { id: given ? idText(at('id', 'body.id')) : null };
    case 'createMessageLog':
      return { id: idText(at('id', 'body.id')) };
    case 'getCallLog':
      return withNulls({
        subject: at('subject', 'body.subject'),
        note: at('note', 'body.note'),
        // Not a slip: without a path of its own the whole body is read from where the note is.
        fullBody: at('fullBody', 'body.note'),
      });
    case 'getLicenseStatus':
      return withNulls({
        isLicenseValid: at('isLicenseValid', 'body.isLicenseValid'),
        licenseStatus: at('licenseStatus', 'body.licenseStatus'),
        licenseStatusDescription: at('licenseStatusDescription', 'body.licenseStatusDescription'),
      });
    default:
      return {};
  }
}

function userInfo(mapping: Mapping, root: Values): Values {
  const at = (key: string): unknown => (mapping[key] ? walk(root, String(mapping[key])) : undefined);
  const id = at('idPath');
  return {
    id,
    name: mapping.namePath ? at('namePath') : id,
    timezoneName: at('timezoneNamePath'),
    overridingApiKey: at('overridingApiKeyPath'),
    message: at('messagePath'),
    platformAdditionalInfo: Object.fromEntries(
      Object.entries(mapOf(mapping.platformAdditionalInfoPaths)).map(([key, path]) => [
        key,
        walk(root, String(path)),
      ]),
    ),
  };
}

function records(list: unknown, mapping: Mapping, read: (at: At) => Values): Values[] | null {
  if (!list) return [];
  if (!Array.isArray(list)) return null;
  return list.map((raw: unknown) => ({
    ...withNulls(read((key, fallback) => walk(raw, String(mapping[`${key}Path`] || fallback)))),
    raw,
  }));
}

type At = (key: string, fallback: string) => unknown;

function contact(at: At): Values {
  return {
    id: at('id', 'id'),
    name: at('name', 'name') || '',
    phone: at('phone', 'phone') || null,
    type: at('type', 'type') || 'Contact',
    title: at('title', 'title') || '',
    company: at('company', 'company') || '',
    createdDate: at('createdDate', 'createdDate') || null,
    mostRecentActivityDate: at('mostRecentActivityDate', 'mostRecentActivityDate') || null,
    additionalInfo: at('additionalInfo', 'additionalInfo') || null,
  };
}

function listedUser(at: At): Values {
  return { id: at('id', 'id'), name: at('name', 'name'), email: at('email', 'email') };
}

/** Ids of records are kept as text; 0 and '' count as none. */
function idText(id: unknown): string | null {
  return id ? String(id) : null;
}

function withNulls(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value ?? null]));
}
