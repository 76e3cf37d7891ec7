import type { FaultSwitch } from './faults.ts';

interface StoredRecord {
  [key: string]: unknown;
  grantId?: string;
  uid?: string;
  consumed?: number;
}

/** Where oidc-provider keeps its models. In memory, one store for each CRM that was started. */
export interface TokenStore {
  /** oidc-provider's `adapter` setting: a factory that gets a model's name. */
  adapter: (model: string) => object;
  /** Forgets every session's tokens at once. */
  dropTokens(): void;
}

/** What dies with a revocation. */
const tokenModels = ['AccessToken', 'RefreshToken', 'Grant'];

/** Expiry is judged by oidc-provider itself, from the `exp` in each record. */
export function createTokenStore(fault: FaultSwitch): TokenStore {
  const models = new Map<string, Map<string, StoredRecord>>();

  const recordsOf = (model: string): Map<string, StoredRecord> => {
    const records = models.get(model) ?? new Map<string, StoredRecord>();
    models.set(model, records);
    return records;
  };

  return {
    dropTokens: () => {
      for (const model of tokenModels) recordsOf(model).clear();
    },
    adapter: (model) => {
      const records = recordsOf(model);
      const outlivesRevocation =
        (model === 'AccessToken' && fault('logout-keeps-access')) ||
        (model !== 'AccessToken' && tokenModels.includes(model) && fault('logout-keeps-refresh'));
      return {
        upsert: async (id: string, payload: StoredRecord) => {
          records.set(id, payload);
        },
        find: async (id: string) => records.get(id),
        findByUid: async (uid: string) => [...records.values()].find((record) => record.uid === uid),
        findByUserCode: async () => undefined,
        consume: async (id: string) => {
          const record = records.get(id);
          const isReusable = model === 'AuthorizationCode' && fault('code-works-twice');
          if (record && !isReusable) record.consumed = Math.floor(Date.now() / 1000);
        },
        destroy: async (id: string) => {
          if (!outlivesRevocation) records.delete(id);
        },
        revokeByGrantId: async (grantId: string) => {
          if (outlivesRevocation) return;
          for (const [id, record] of records) if (record.grantId === grantId) records.delete(id);
        },
      };
    },
  };
}
