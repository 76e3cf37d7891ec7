import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { differences, shownNames, type Tolerance } from './match.ts';
import { exchangeOf, type RecordedRequest, type RecordedResponse, type Recording } from './recording.ts';

/** A request that is expected, and the recorded answer to it: both of one exchange where only an id is given. */
export type Turn = string | { request: RecordedRequest; answer: string };

export interface Replayed {
  /** Where the requests that came differ from those that were recorded; and turns that nobody took. */
  differences: string[];
  /** One of the answers was trimmed: nothing follows from what is absent in it. */
  trimmed: boolean;
}

/**
 * A server on a free loopback port that answers with what a real system answered: to the requests that were recorded,
 * in the order expected. Anything else is answered with a 501, and noted.
 */
export class ReplayServer {
  readonly recording: Recording;
  readonly #server: Server;
  readonly #shown: ReadonlySet<string>;
  #turns: Turn[] = [];
  #tolerance: Tolerance = {};
  #seen: Replayed = { differences: [], trimmed: false };

  constructor(recording: Recording) {
    this.recording = recording;
    this.#shown = shownNames(recording);
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        );
        const { method = '', url = '' } = request;
        const answer = this.#answer({ method, url, headers, ...(body !== '' && { body }) });
        const { status, headers: kept = {}, body: content } = answer;
        response.writeHead(status, kept);
        response.end(content === '' || content === undefined ? '' : textOf(content, kept));
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What is to be asked next, and answered. */
  expect(turns: readonly Turn[], tolerance: Tolerance): void {
    this.#turns = [...turns];
    this.#tolerance = { ...tolerance, shown: this.#shown };
    this.#seen = { differences: [], trimmed: false };
  }

  /** What came of it. */
  replayed(): Replayed {
    const left = this.#turns.map((turn) => `not asked: ${typeof turn === 'string' ? turn : turn.answer}`);
    return { ...this.#seen, differences: [...this.#seen.differences, ...left] };
  }

  #answer(sent: Parameters<typeof differences>[0]): RecordedResponse {
    const turn = this.#turns.shift();
    if (turn === undefined) return this.#refuse([`not expected: ${sent.method} ${sent.url}`]);
    const { request, answer } =
      typeof turn === 'string' ? { request: exchangeOf(this.recording, turn).request, answer: turn } : turn;
    const found = differences(sent, request, this.#tolerance);
    if (found.length > 0) return this.#refuse(found);
    const { response } = exchangeOf(this.recording, answer);
    if (response.__trimmed) this.#seen.trimmed = true;
    return { ...response, body: withoutMarks(response.body) };
  }

  #refuse(found: readonly string[]): RecordedResponse {
    this.#seen.differences.push(...found);
    return { status: 501, body: { message: 'this request was not recorded' } };
  }
}

/** A list that was cut ends in a note of how many entries are gone: no entry of the CRM's. */
function withoutMarks(value: unknown): unknown {
  if (!Array.isArray(value)) {
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutMarks(inner)]));
  }
  return value
    .filter((entry) => !(typeof entry === 'object' && entry !== null && '__omitted' in entry))
    .map(withoutMarks);
}

function textOf(content: unknown, headers: Record<string, string | string[]>): string {
  const json = String(headers['content-type'] ?? '').includes('json');
  return typeof content === 'string' && !json ? content : JSON.stringify(content);
}
