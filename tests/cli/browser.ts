import { createServer } from 'node:net';
import { CookieJar } from 'tough-cookie';
import type { Running } from './command.ts';
import { until } from './command.ts';

/** A browser in which everybody is logged in: keeps cookies and goes where it is sent. @returns the last address and page */
export async function browse(start: string): Promise<{ url: string; page: string }> {
  const jar = new CookieJar();
  let url = start;
  for (let hop = 0; hop < 15; hop++) {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: await jar.getCookieString(url) },
    });
    for (const line of answer.headers.getSetCookie()) await jar.setCookie(line, url);
    const location = answer.headers.get('location');
    if (location === null) return { url, page: await answer.text() };
    url = new URL(location, url).href;
    // What is not on this machine is not asked: the address is what a person would paste.
    if (!/^http:\/\/(127\.0\.0\.1|localhost)/.test(url)) return { url, page: '' };
  }
  throw new Error('redirects without end');
}

/** The address that a login shows to its person. */
export async function addressShown({ said }: Running): Promise<string> {
  const address = () => /^ {2}(http\S+)$/m.exec(said.stderr)?.[1];
  await until('the address is shown', () => address() !== undefined);
  return address() ?? '';
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
