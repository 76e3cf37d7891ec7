/** A map of the document, or an empty one where something else stands: App Connect reads on without a word. */
export function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The parts of a bare proxyConfig that one operation uses. */
export interface OperationDocument {
  auth: Readonly<Record<string, unknown>>;
  requestDefaults: Readonly<Record<string, unknown>>;
  /** Undefined where the document does not describe the operation. */
  operation: Readonly<Record<string, unknown>> | undefined;
  secretKey: unknown;
}

export function operationDocument(config: unknown, name: string): OperationDocument {
  const { auth, requestDefaults, operations, secretKey } = mapOf(config);
  const operation = mapOf(operations)[name];
  return {
    auth: mapOf(auth),
    requestDefaults: mapOf(requestDefaults),
    operation: operation ? mapOf(operation) : undefined,
    secretKey,
  };
}
