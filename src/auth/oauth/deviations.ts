/**
 * Ways in which an answer of a token endpoint is not what RFC 6749 section 5 says, and what App Connect makes of each.
 * `breaks`: it cannot use such an answer. `blemish`: it can, other clients cannot. `harmless`: seen in the field, and
 * nobody minds.
 */
const kinds = {
  'byte-order-mark': { weighs: 'breaks', says: () => 'a byte order mark stands before the JSON' },
  quoted: { weighs: 'breaks', says: () => 'the JSON is wrapped in a JSON text' },
  'in-a-list': { weighs: 'breaks', says: () => 'the answer is a list with the token in it' },
  nested: { weighs: 'breaks', says: (seen: string) => `the token is nested under "${seen}"` },
  renamed: { weighs: 'breaks', says: (seen: string) => `the fields are named ${seen}` },
  'form-encoded': { weighs: 'blemish', says: () => 'the answer is form-encoded, not JSON' },
  status: { weighs: 'blemish', says: (seen: string) => `the status is ${seen}, not 200` },
  'content-type': { weighs: 'blemish', says: (seen: string) => `the content type is ${seen || 'missing'}` },
  'access-token-not-text': {
    weighs: 'breaks',
    says: (seen: string) => `access_token is ${seen}, not a text`,
  },
  'token-type-missing': { weighs: 'blemish', says: () => 'token_type is missing' },
  'token-type-other': { weighs: 'blemish', says: (seen: string) => `token_type is ${seen}` },
  'token-type-not-text': { weighs: 'breaks', says: (seen: string) => `token_type is ${seen}, not a text` },
  'expires-in-text': { weighs: 'blemish', says: () => 'expires_in is a text, not a number' },
  'expires-in-unreadable': { weighs: 'breaks', says: (seen: string) => `expires_in is ${seen}` },
  'expires-in-absurd': { weighs: 'breaks', says: (seen: string) => `expires_in is ${seen} s` },
  'refresh-token-not-text': {
    weighs: 'breaks',
    says: (seen: string) => `refresh_token is ${seen}, not a text`,
  },
  // No refresh token, at the exchange; in the reply to a refresh App Connect keeps it in place of the one it has.
  'refresh-token-empty': { weighs: 'harmless', says: (seen: string) => `refresh_token is ${seen}` },
  'error-beside-token': { weighs: 'breaks', says: () => 'there is an error beside the token' },
  'scope-not-text': { weighs: 'harmless', says: (seen: string) => `scope is ${seen}, not a text` },
} as const satisfies Record<
  string,
  { weighs: 'breaks' | 'blemish' | 'harmless'; says(seen: string): string }
>;

/** One of them, as it was seen. Plain data. */
export interface Deviation {
  kind: keyof typeof kinds;
  /** Part of the sentence: a type, a status, a path. Never a value that may be a secret. */
  seen: string;
}

export function weighs({ kind }: Deviation): 'breaks' | 'blemish' | 'harmless' {
  return kinds[kind].weighs;
}

/** "expires_in is a text, not a number" */
export function says({ kind, seen }: Deviation): string {
  return kinds[kind].says(seen);
}

/** "a list", "a number": the type of a value that may be a secret. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a record' : `a ${typeof value}`;
}
