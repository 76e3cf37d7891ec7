import type { Texts, WrittenOperation, WrittenRequest } from './surface.ts';
import type { Operation, OperationName, Step } from './types.ts';

/** Operations whose answer is a list of contacts. */
export function isSearch(name: OperationName): boolean {
  return name === 'findContact' || name === 'findContactWithName';
}

/** One request, `steps` or `requests` (or both) as one of the three kinds of operation. */
export function normaliseOperation(name: OperationName, operation: WrittenOperation): Operation {
  if ('notSupported' in operation) return { kind: 'notSupported', reason: operation.notSupported };
  if ('requests' in operation) return normaliseSearch(operation.steps, operation.requests);
  if (!('url' in operation)) {
    const { steps, responseMapping = {} } = operation;
    return { kind: 'sequence', steps: steps.map(normaliseStep), responseMapping };
  }
  if (isSearch(name)) return normaliseSearch(operation.steps, [operation]);
  return {
    kind: 'sequence',
    steps: [normaliseStep(operation)],
    responseMapping: operation.responseMapping ?? {},
  };
}

function normaliseSearch(
  steps: readonly WrittenRequest[] = [],
  requests: readonly WrittenRequest[],
): Operation {
  return {
    kind: 'search',
    steps: steps.map(normaliseStep),
    requests: requests.map((request) => ({
      ...normaliseStep(request),
      responseMapping: request.responseMapping ?? {},
      ...(request.type !== undefined && { type: request.type }),
    })),
  };
}

export function normaliseStep(request: WrittenRequest & { steps?: unknown }): Step {
  const { method = 'GET', headers, query = {}, omitEmpty = false, captures = {}, when, ...rest } = request;
  // These belong to the operation, not to the request.
  const { responseMapping: _, type: __, steps: ___, ...own } = rest;
  return {
    ...own,
    method: method.toUpperCase(),
    headers: texts(headers),
    query,
    omitEmpty,
    captures,
    ...(when !== undefined && { when: String(when) }),
  };
}

/** Header values as text: YAML reads `Version: 2` as a number. */
export function texts(values: Texts | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, String(value)]));
}
