import type { NamedProxy, TroubleCode } from './types.ts';

/** There is no answer to judge. The message is for a person and says what to do. */
export class HttpTrouble extends Error {
  override readonly name = 'HttpTrouble';
  readonly code: TroubleCode;
  /** Id of the recorded exchange; null when nothing was sent. */
  readonly exchange: number | null;

  constructor(code: TroubleCode, message: string, exchange: number | null = null, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.exchange = exchange;
  }

  /** The same trouble, with the exchange that shows it. */
  about(exchange: number): HttpTrouble {
    return new HttpTrouble(this.code, this.message, exchange, { cause: this.cause });
  }
}

/**
 * Translates what undici, node:net, node:tls, node:dns or node:zlib threw.
 * @param host as in the URL, for the message
 * @param how `via`: the proxy through which it was asked; `secure`: over TLS
 */
export function troubleFrom(
  error: unknown,
  host: string,
  { via = null, secure = false }: { via?: NamedProxy | null; secure?: boolean } = {},
): HttpTrouble {
  if (error instanceof HttpTrouble) return error;
  const code = codeOf(error);
  const found = kinds.find(({ pattern }) => pattern.test(code));
  const text = error instanceof Error ? error.message : String(error);
  const proxy = /Proxy response \((\d+)\)|Proxy Authentication Required \((\d+)\)/.exec(text);
  if (proxy)
    return new HttpTrouble('connection-refused', proxyMessage(host, proxy[1] ?? proxy[2] ?? ''), null, {
      cause: error,
    });
  if (!found) {
    return new HttpTrouble('protocol', `${host}: ${text}${code === '' ? '' : ` (${code})`}`, null, {
      cause: error,
    });
  }
  // Whoever goes through a proxy looks for it alone, and connects to it alone.
  const said =
    via && (found.trouble === 'dns' || found.trouble === 'connection-refused')
      ? `The proxy ${via.url.host} that ${via.variable} names cannot be reached: check its name and port, and whether a VPN is up.`
      : `${found.say(host, code)}${secure && isUnheard(error) ? mayWantCertificate : ''}${askedThrough(via)}`;
  return new HttpTrouble(found.trouble, `${said} (${code})`, null, { cause: error });
}

const mayWantCertificate =
  ' It may want a client certificate, or another one: name it with --client-cert and --client-key.';

/** A connection that ended before the server had said a word: in TLS 1.3 it looks at the client's certificate last. */
function isUnheard(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (/before secure TLS connection was established/.test(error.message)) return true;
  const socket: unknown = 'socket' in error ? error.socket : null;
  return typeof socket === 'object' && socket !== null && 'bytesRead' in socket && socket.bytesRead === 0;
}

/** Where a proxy was asked, it may be the one that is at fault. */
export function askedThrough(via: NamedProxy | null): string {
  return via ? ` It was asked through the proxy ${via.url.host} (${via.variable}).` : '';
}

const ownCa = 'name its CA certificate (PEM) in the environment variable NODE_EXTRA_CA_CERTS';

/** Looked through from the top: the particular before the general. */
const kinds: readonly {
  pattern: RegExp;
  trouble: TroubleCode;
  say: (host: string, code: string) => string;
}[] = [
  {
    pattern: /^(ENOTFOUND|ENODATA|EAI_\w+|ESERVFAIL)$/,
    trouble: 'dns',
    say: (host, code) =>
      code === 'EAI_AGAIN'
        ? `The name server could not be asked for ${host}: check the network connection, or name a proxy in HTTPS_PROXY.`
        : `There is no host ${host}: check the spelling of the URL; a name of a company network may need its VPN or proxy (HTTPS_PROXY).`,
  },
  {
    pattern: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EHOSTDOWN|ENETDOWN)$/,
    trouble: 'connection-refused',
    say: (host) =>
      `Nobody answers at ${host}: check host and port of the URL, and whether the server or a VPN is up.`,
  },
  {
    pattern: /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/,
    trouble: 'tls',
    say: (host) => `The certificate of ${host} is self-signed: ${ownCa}.`,
  },
  {
    pattern: /^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|CERT_UNTRUSTED)$/,
    trouble: 'tls',
    say: (host) =>
      `The certificate of ${host} comes from an authority that is not known here, or the server leaves out an intermediate certificate: ${ownCa}.`,
  },
  {
    pattern: /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/,
    trouble: 'tls',
    say: (host) =>
      `The certificate of ${host} is expired or not valid yet: renew it, or set this machine's clock.`,
  },
  {
    pattern: /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|UND_ERR_PRX_TLS)$/,
    trouble: 'tls',
    say: (host) =>
      `The certificate was issued for another name than ${host}: use the name in the certificate.`,
  },
  {
    pattern: /^(ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|ERR_SSL_HTTP_REQUEST)$/,
    trouble: 'tls',
    say: (host) =>
      `${host} does not speak TLS on this port: check the port, or write http:// for a server on this machine.`,
  },
  {
    // `ERR_SSL_SSLV3_ALERT_…` of one OpenSSL is `ERR_SSL_SSL/TLS_ALERT_…` of another.
    pattern: /^ERR_SSL_[\w/]+_ALERT_(\w*CERTIFICATE\w*|UNKNOWN_CA|HANDSHAKE_FAILURE|ACCESS_DENIED)$/,
    trouble: 'tls',
    say: (host) =>
      `${host} broke off the TLS handshake; it may want a client certificate, or another one: name it with --client-cert and --client-key.`,
  },
  {
    pattern: /^(CERT_|ERR_TLS_|ERR_SSL_|ERR_OSSL_|EPROTO$|INVALID_CA|CRL_)/,
    trouble: 'tls',
    say: (host) =>
      `No TLS connection to ${host} could be agreed on: check the server's certificate and TLS versions.`,
  },
  {
    pattern: /^(UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT)$/,
    trouble: 'timeout',
    say: (host) =>
      `${host} did not answer in time: check that it can be reached, or raise \`requestDefaults.timeoutSeconds\`.`,
  },
  {
    pattern: /^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/,
    trouble: 'connection-lost',
    say: (host) =>
      `${host} closed the connection before its answer was complete: try again; the server's log may say why.`,
  },
  {
    pattern: /^(UND_ERR_CLOSED|UND_ERR_DESTROYED|ABORT_ERR|UND_ERR_ABORTED?)$/,
    trouble: 'cancelled',
    say: (host) => `The request to ${host} was cancelled.`,
  },
  {
    pattern: /^(UND_ERR_HEADERS_OVERFLOW|ERR_BUFFER_TOO_LARGE|UND_ERR_RES_EXCEEDED_MAX_SIZE)$/,
    trouble: 'too-large',
    say: (host) =>
      `The answer of ${host} is larger than this tool reads: ask for fewer fields or a smaller page.`,
  },
  {
    pattern: /^(Z_|ERR__ERROR_|ERR_BROTLI|ERR_PADDING)/,
    trouble: 'protocol',
    say: (host) => `The answer of ${host} is not compressed as its Content-Encoding says.`,
  },
  {
    pattern: /^(HPE_|HTTPParserError$)/,
    trouble: 'protocol',
    say: (host) => `${host} does not answer in HTTP: check the port and the protocol of the URL.`,
  },
];

function proxyMessage(host: string, status: string): string {
  const todo =
    status === '407'
      ? "check user and password in the proxy's URL"
      : 'ask whether it lets this host through, or add the host to NO_PROXY';
  return `The proxy refused to connect to ${host} (${status}): ${todo} (HTTPS_PROXY, HTTP_PROXY).`;
}

/** The first code in the chain of causes; happy eyeballs wraps one error per address in an AggregateError. */
function codeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth++) {
    if ('code' in at && typeof at.code === 'string' && at.code !== '') return at.code;
    // undici has no code for most of what its parser finds.
    if (at instanceof Error && at.name === 'HTTPParserError') return at.name;
    at = at instanceof AggregateError ? at.errors[0] : at instanceof Error ? at.cause : undefined;
  }
  return '';
}
