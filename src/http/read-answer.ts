import { promisify } from 'node:util';
import { brotliDecompress, constants, gunzip, inflate, inflateRaw } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { HttpTrouble } from './trouble.ts';

/** What `decode` can undo; asked for with every request. */
export const acceptEncoding = 'gzip, deflate, br';

/** An answer as text, before anything is made of it. */
export interface ReadAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/**
 * Reads and decodes the whole body.
 * @param maxBytes of the body, packed and unpacked
 * @throws {HttpTrouble} `too-large`; `protocol` for a content encoding that was not asked for
 */
export async function readAnswer(
  { statusCode, headers: raw, body }: Dispatcher.ResponseData,
  maxBytes: number,
  host: string,
): Promise<ReadAnswer> {
  const tooLarge = () =>
    new HttpTrouble(
      'too-large',
      `The answer of ${host} is larger than ${Math.round(maxBytes / 1024)} KiB: ask for fewer fields or a smaller page.`,
    );
  const headers = flatten(raw);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    const part: unknown = chunk;
    if (!(part instanceof Uint8Array)) continue;
    bytes += part.byteLength;
    // Leaving the loop destroys the stream and with it the connection.
    if (bytes > maxBytes) throw tooLarge();
    chunks.push(part);
  }
  try {
    const decoded = await decode(Buffer.concat(chunks), headers['content-encoding'] ?? '', maxBytes, host);
    return { status: statusCode, headers, text: textOf(decoded, headers['content-type'] ?? '') };
  } catch (error) {
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge();
    throw error;
  }
}

/** Lower-case names; repeated headers joined by ', ', cookies by a line break, for they contain commas. */
function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      if (value === undefined) return [];
      const key = name.toLowerCase();
      return [[key, Array.isArray(value) ? value.join(key === 'set-cookie' ? '\n' : ', ') : value]];
    }),
  );
}

const unpack = {
  gzip: promisify(gunzip),
  inflate: promisify(inflate),
  inflateRaw: promisify(inflateRaw),
  brotli: promisify(brotliDecompress),
};

async function decode(body: Buffer, encodings: string, maxBytes: number, host: string): Promise<Buffer> {
  let decoded = body;
  // Applied in the order listed (RFC 9110 section 8.4), hence undone from the end.
  for (const encoding of encodings
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .reverse()) {
    if (decoded.length === 0 || encoding === '' || encoding === 'identity') continue;
    decoded = await decodeOne(decoded, encoding, maxBytes, host);
  }
  return decoded;
}

function decodeOne(body: Buffer, encoding: string, maxOutputLength: number, host: string): Promise<Buffer> {
  // Servers that stop without the last block are read as browsers read them.
  const options = { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH };
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return unpack.gzip(body, options);
    case 'deflate':
      // "deflate" is the zlib format, but some servers send the bare stream: told apart by the zlib header.
      return ((body[0] ?? 0) & 0x0f) === 8 ? unpack.inflate(body, options) : unpack.inflateRaw(body, options);
    case 'br':
      return unpack.brotli(body, { maxOutputLength });
    default:
      throw new HttpTrouble(
        'protocol',
        `${host} sent its answer with Content-Encoding \`${encoding}\`, which was not asked for: it must choose from "${acceptEncoding}".`,
      );
  }
}

/** The byte order mark is kept: it is a deviation that a check may want to see. */
function textOf(body: Buffer, contentType: string): string {
  const charset = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  if (/^utf-?8$/i.test(charset)) return body.toString('utf8');
  try {
    return new TextDecoder(charset, { ignoreBOM: true }).decode(body);
  } catch {
    return body.toString('utf8');
  }
}

/** Nobody nests records so deep; whoever walks through them may do so by recursion. */
const deepest = 500;

/**
 * @returns undefined when the text is not JSON (RFC 8259), or nested deeper than any record; a byte order mark is
 *   overlooked, as the RFC allows
 */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '"':
        for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
        break;
      case '[':
      case '{':
        depth += 1;
        if (depth > deepest) return true;
        break;
      case ']':
      case '}':
        depth -= 1;
        break;
    }
  }
  return false;
}
