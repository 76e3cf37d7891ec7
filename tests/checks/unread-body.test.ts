import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { profileFor } from '../secrets/command.ts';
import { inspect } from '../secrets/inspect.ts';

/** Knows who is logged in, and reads of each request no more than its head: what follows is the next one's. */
function answersHeads(socket: Socket, seen: string[]): void {
  let text = '';
  const say = (status: string, body: string) =>
    socket.write(
      `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
  socket.on('error', () => socket.destroy());
  socket.setEncoding('utf8').on('data', (more) => {
    text += more;
    for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
      const [line = ''] = text.slice(0, end).split('\r\n');
      text = text.slice(end + 4);
      seen.push(line);
      if (/^(GET|POST) /.test(line)) say('200 OK', '{"id":"7","name":"Rowan Okafor"}');
      else {
        say('501 Not Implemented', '{}');
        socket.end();
      }
    }
  });
}

test('a server that takes the body of a GET for the next request is asked without one', async () => {
  const seen: string[] = [];
  const server = createServer((socket) => answersHeads(socket, seen)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const described = profileFor(`http://127.0.0.1:${port}`, {
    auth: { type: 'bearer', token: '{{ secrets.KEY }}' },
    secrets: ['KEY'],
  });
  const ran = await inspect(described, { KEY: 'key-of-the-front' }, { only: ['user.get-body', 'user.id'] });
  expect(ran.checks.get('user.get-body')).toMatchObject({
    verdict: 'warn',
    summary: expect.stringMatching(/^does not read the body of a GET/),
  });
  expect(ran.checks.get('user.id')?.verdict).toBe('pass');
  expect(seen.filter((line) => !line.startsWith('GET '))).toHaveLength(1);
});
