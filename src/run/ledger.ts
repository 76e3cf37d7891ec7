import { appendFileSync, mkdirSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { basename, join } from 'node:path';

export type RecordKind = 'contact' | 'call log' | 'message log';

/** One thing that a run was about to create, and what became of it. */
export interface LedgerEntry {
  n: number;
  kind: RecordKind;
  /** Name or subject: carries the run's marker. */
  name: string;
  /** E.164, or the nonsense that was written in its place; contacts only. */
  phoneNumber: string | null;
  /** As the CRM gave it; null while it is not known, or when it gave none. */
  id: string | number | null;
  /** Id of the contact that a log belongs to. */
  contactId: string | number | null;
  /** Nothing shows yet that the id is that of a new record, and its number leads nowhere. */
  doubtful?: boolean;
  state: 'announced' | 'not sent' | 'created' | 'refused' | 'deleted';
}

export interface LedgerHeader {
  run: string;
  startedAt: string;
  /** Where the profile lay, and what it is called: so that `clean` can find it again. */
  profile: { path: string; name: string; host: string; vars: Record<string, string> };
  /** The process that writes it: so that `clean` leaves a run alone that is still under way. */
  process?: { pid: number; host: string };
}

/** Whether it may be in the CRM. */
export function isOpen({ state }: LedgerEntry): boolean {
  return state === 'announced' || state === 'created';
}

/** Whether a contact was written with a number that is one. */
export function hasNumber({ phoneNumber }: Pick<LedgerEntry, 'phoneNumber'>): boolean {
  return phoneNumber?.startsWith('+') === true;
}

/** `$XDG_STATE_HOME/crm-ready/runs`, or its default. */
export function ledgerFolder(env: Record<string, string | undefined>): string {
  return join(env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'crm-ready', 'runs');
}

/**
 * What a run creates, on disk before the request is sent: an append-only file, so that `crm-ready clean` can finish
 * the work of a run that was killed at any moment. Written synchronously for that reason.
 */
export class Ledger {
  readonly entries: LedgerEntry[] = [];
  readonly #file: string;
  readonly #header: LedgerHeader;
  #begun = false;
  #resumed = false;

  constructor(folder: string, header: LedgerHeader) {
    this.#file = join(folder, `${header.run}.jsonl`);
    this.#header = header;
  }

  announce(
    kind: RecordKind,
    name: string,
    phoneNumber: string | null,
    contactId: string | number | null,
  ): LedgerEntry {
    const entry: LedgerEntry = {
      n: this.entries.length + 1,
      kind,
      name,
      phoneNumber,
      id: null,
      contactId,
      state: 'announced',
    };
    this.#append(entry);
    this.entries.push(entry);
    return entry;
  }

  update(entry: LedgerEntry, change: Partial<Pick<LedgerEntry, 'id' | 'state' | 'doubtful'>>): void {
    Object.assign(entry, change);
    this.#append({ n: entry.n, ...change });
  }

  /** Nothing is left: the file has done its work. */
  async close(): Promise<void> {
    if (this.#begun && !this.entries.some(isOpen)) {
      await rm(this.#file, { force: true });
    }
  }

  /** A ledger that another run left behind, to go on with. */
  static resume(folder: string, header: LedgerHeader, entries: LedgerEntry[]): Ledger {
    const ledger = new Ledger(folder, header);
    ledger.entries.push(...entries);
    ledger.#begun = true;
    ledger.#resumed = true;
    return ledger;
  }

  /** Whether another process wrote it. */
  get resumed(): boolean {
    return this.#resumed;
  }

  #append(line: object): void {
    if (!this.#begun) {
      mkdirSync(join(this.#file, '..'), { recursive: true, mode: 0o700 });
      const header = { ...this.#header, process: { pid: process.pid, host: hostname() } };
      appendFileSync(this.#file, `${JSON.stringify(header)}\n`, { mode: 0o600 });
      this.#begun = true;
    }
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
  }
}

/** A ledger file, read back. A last line that was cut short by the kill is passed over. */
export interface LeftLedger {
  file: string;
  header: LedgerHeader;
  /** What is not known to be gone. */
  open: LedgerEntry[];
}

/** Whether the run that writes a ledger still lives. Of another machine that cannot be told, and is taken for no. */
export function isUnderWay({ process: writer }: LedgerHeader): boolean {
  if (!writer || writer.host !== hostname() || writer.pid === process.pid) return false;
  try {
    process.kill(writer.pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

export async function readLedgers(folder: string): Promise<LeftLedger[]> {
  const files = await readdir(folder).catch(() => []);
  const ledgers = await Promise.all(
    files.filter((file) => file.endsWith('.jsonl')).map((file) => readLedger(join(folder, file))),
  );
  return ledgers
    .flatMap((ledger) => ledger ?? [])
    .sort((a, b) => a.header.startedAt.localeCompare(b.header.startedAt));
}

async function readLedger(file: string): Promise<LeftLedger | null> {
  // A run that has just ended removes its own.
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').flatMap((line) => {
    const value = parseLine(line);
    return value ? [value] : [];
  });
  const [header, ...rest] = lines;
  if (!header || header.run !== basename(file, '.jsonl')) return null;
  const entries = new Map<number, LedgerEntry>();
  for (const line of rest) {
    const n = Number(line.n);
    entries.set(n, { ...entries.get(n), ...line } as LedgerEntry);
  }
  const open = [...entries.values()].filter(isOpen);
  return { file, header: header as unknown as LedgerHeader, open };
}

function parseLine(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
