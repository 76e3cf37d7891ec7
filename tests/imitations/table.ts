/** Records with their past: an index or a replica that lags shows what stood there a while ago. */
export class Table<T extends { id: string }> {
  readonly #versions = new Map<string, { at: number; record: T | null }[]>();
  #nextId: number;

  /** @param firstId ids count up from here, so that no call has the id of a contact */
  constructor(firstId: number) {
    this.#nextId = firstId;
  }

  newId(): string {
    return String(this.#nextId++);
  }

  write(record: T): T {
    this.#add(record.id, record);
    return record;
  }

  remove(id: string): void {
    this.#add(id, null);
  }

  /** What stood there at a time, in milliseconds since 1970. */
  asOf(time: number): T[] {
    return [...this.#versions.values()].flatMap(
      (versions) => versions.findLast(({ at }) => at <= time)?.record ?? [],
    );
  }

  /** What stands there now. */
  get all(): T[] {
    return this.asOf(Number.POSITIVE_INFINITY);
  }

  #add(id: string, record: T | null): void {
    this.#versions.set(id, [...(this.#versions.get(id) ?? []), { at: Date.now(), record }]);
  }
}
