/** The headers of one request by axios' rules: names without case, the last one given wins. */
export class RequestHeaders {
  /** By lower-case name. Null: not sent, and no default takes its place. Undefined: not sent, a default may. */
  readonly #values = new Map<string, string | null | undefined>([
    ['accept', 'application/json, text/plain, */*'],
  ]);

  set(name: string, value: unknown): void {
    const key = name.trim().toLowerCase();
    if (key === '') return;
    if (value === undefined) this.#values.set(key, undefined);
    else if (value === null || value === false) this.#values.set(key, null);
    else this.#values.set(key, (Array.isArray(value) ? value : [value]).map(cleaned).join(', '));
  }

  setDefault(name: string, value: string): void {
    if (this.#values.get(name) === undefined) this.#values.set(name, value);
  }

  get(name: string): string {
    return this.#values.get(name) ?? '';
  }

  toRecord(): Record<string, string> {
    return Object.fromEntries(
      [...this.#values].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    );
  }
}

/** What a header cannot hold is taken out: line breaks and other controls, and everything beyond Latin-1. */
function cleaned(value: unknown): string {
  return String(value)
    .replace(/[^\t\x20-\x7e\x80-\xff]+/g, '')
    .replace(/^[\t ]+|[\t ]+$/g, '');
}
