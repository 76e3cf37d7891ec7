import { secretsReceived, secretsSent } from './learned-secrets.ts';
import { parseJson, type ReadAnswer } from './read-answer.ts';
import { redactCredential } from './secret-places.ts';
import { HttpTrouble } from './trouble.ts';
import type { Exchange, HttpRequest, Redaction, SendOptions } from './types.ts';

/** Characters of a body that the evidence keeps. */
const keptLength = 64 * 1024;
/** Read before it is cut, so that no secret is cut in half: longer texts would take too long to search. */
const searchedLength = 1024 * 1024;
/** What lies this close to the end of a text that was searched in part may be half of a secret. */
const marginLength = 16 * 1024;

/** Secrets that a run learns from names. A server that made up more would make every search slow. */
const mostLearned = 200;

/** What is known of an exchange when it is over. */
type Ended = Omit<Exchange, 'request' | 'response' | 'error'> & {
  /** As sent, with every header; `url` in wire form. */
  request: HttpRequest;
  result: ReadAnswer | HttpTrouble;
};

export interface Recorder {
  /** The number of the next exchange, taken when it is sent. */
  next(): number;
  /** Redacts an exchange and keeps it, in its place. */
  record(ended: Ended, options: SendOptions): void;
  readonly exchanges: readonly Exchange[];
}

/** Keeps the evidence of a run. Nothing gets in unredacted. */
export function createRecorder(redaction: Redaction): Recorder {
  const exchanges: Exchange[] = [];
  let last = 0;
  let room = mostLearned;
  const learn = (values: readonly string[]) => {
    for (const value of values.slice(0, room)) redaction.add(value);
    room = Math.max(0, room - values.length);
  };
  return {
    exchanges,
    next: () => ++last,
    record(ended, options) {
      const { request, result, ...facts } = ended;
      const { url, headers, body = '' } = request;
      learn(secretsSent({ url, headers, body }).filter((value) => !redaction.has(value)));
      if (!(result instanceof HttpTrouble)) {
        for (const secret of options.secretsIn?.(result) ?? []) redaction.add(secret);
        const received = secretsReceived({ headers: result.headers, body: result.text });
        learn([...new Set(received)].filter((value) => !redaction.has(value)));
      }
      const exchange: Exchange = {
        ...facts,
        request: redactRequest(request, options.credentialHeaders ?? [], redaction),
        ...(result instanceof HttpTrouble
          ? { error: { code: result.code, message: redaction.text(result.message) } }
          : { response: redactResponse(result, options.withhold, redaction) }),
      };
      const after = exchanges.findLastIndex(({ id }) => id < exchange.id);
      exchanges.splice(after + 1, 0, exchange);
    },
  };
}

function redactRequest(
  request: HttpRequest,
  credentialHeaders: readonly string[],
  redaction: Redaction,
): Exchange['request'] {
  const credentials = new Set(credentialHeaders.map((name) => name.toLowerCase()));
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      credentials.has(name.toLowerCase()) ? redactCredential(name, value) : value,
    ]),
  );
  return {
    method: request.method,
    url: redaction.text(request.url),
    headers: redaction.json(headers),
    ...(request.body !== undefined && { body: cut(request.body, redaction).body }),
  };
}

function redactResponse(
  { status, headers, text }: ReadAnswer,
  withhold: SendOptions['withhold'],
  redaction: Redaction,
): NonNullable<Exchange['response']> {
  const shown = withhold ? withheld(text, (body) => withhold(body, status)) : text;
  return { status, headers: redaction.json(headers), ...cut(shown, redaction) };
}

/** The text as received, unless something of it is withheld. */
function withheld(text: string, withhold: (body: unknown) => unknown): string {
  const json = parseJson(text);
  if (json === undefined) return stringOf(withhold(text));
  const shown = stringOf(withhold(json));
  return shown === JSON.stringify(json) ? text : shown;
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function cut(text: string, redaction: Redaction): { body: string; cutFrom?: number } {
  const whole = text.length <= searchedLength;
  const redacted = redaction.text(whole ? text : text.slice(0, searchedLength));
  const end = whole ? keptLength : Math.min(keptLength, Math.max(0, redacted.length - marginLength));
  if (whole && redacted.length <= end) return { body: redacted };
  return { body: redacted.slice(0, end), cutFrom: text.length };
}
