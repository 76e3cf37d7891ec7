import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { HttpRequest } from '../../src/http/types.ts';

interface Recorded {
  method: string;
  url: string;
  /** Without those that belong to the connection or name the client. */
  headers: Record<string, string>;
  body: string;
}

export interface Recorder {
  url: string;
  /** The requests since the last look. */
  take(): Recorded[];
  answer: { body: string; type?: string };
  close(): Promise<void>;
}

const ofTheConnection = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive']);

/** A server that writes down every request and gives a canned answer. */
export async function startRecorder(): Promise<Recorder> {
  let recorded: Recorded[] = [];
  const server = createServer(async (incoming, response) => {
    const body = await text(incoming);
    recorded.push({
      method: incoming.method ?? '',
      url: incoming.url ?? '',
      ...headersAndBody(incoming.headers, body),
    });
    const { body: answer, type = 'application/json' } = recorder.answer;
    response.writeHead(200, { 'content-type': type }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const recorder: Recorder = {
    url: `http://127.0.0.1:${port}`,
    answer: { body: '{}' },
    take() {
      const taken = recorded;
      recorded = [];
      return taken;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return recorder;
}

/** The boundary of a multipart body is drawn at random: it is given one name here. */
function headersAndBody(
  headers: NodeJS.Dict<string | string[]>,
  body: string,
): Pick<Recorded, 'headers' | 'body'> {
  const kept = Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    const given = String(value);
    if (ofTheConnection.has(name)) return [];
    if (name === 'user-agent' && given.startsWith('axios/')) return [];
    if (name === 'accept-encoding' && given.startsWith('gzip, compress, deflate')) return [];
    return [[name, given]];
  });
  const boundary = /boundary=(.+)$/.exec(String(headers['content-type']))?.[1];
  const named = (given: string): string =>
    boundary === undefined ? given : given.replaceAll(boundary, 'BOUNDARY');
  return {
    headers: Object.fromEntries(kept.map(([name, value]) => [name, named(value)])),
    body: named(body),
  };
}

/** Sends what our renderer made, byte for byte. */
export async function send({ method, url, headers, body }: HttpRequest): Promise<string> {
  const { origin } = new URL(url);
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const options = { method, headers: { ...headers, ...length }, path: url.slice(origin.length) };
  return new Promise((resolve, reject) => {
    const outgoing = request(origin, options, (response) => {
      text(response).then(resolve, reject);
    });
    outgoing.on('error', reject);
    // As bytes: Node joins a text with the head and would write Latin-1 headers as UTF-8.
    outgoing.end(body === undefined ? undefined : Buffer.from(body));
  });
}
