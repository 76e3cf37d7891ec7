import { expect, test } from 'vitest';
import { json } from '../secrets/front.ts';
import { check, readsCall } from './behind-front.ts';

/** Shows the body of a call as this makes it. */
async function long(shown: (body: string) => string) {
  const ran = await check(
    {
      change: (seen, honest) => {
        if (!readsCall(seen) || honest.status !== 200) return honest;
        const { activity } = JSON.parse(String(honest.body)) as { activity: { body: string } };
        return json({ activity: { ...activity, body: shown(activity.body) } });
      },
    },
    ['activity.long'],
  );
  return ran.checks.get('activity.long');
}

test('a long text that is shortened in the middle is not one that came back', async () => {
  const shortened = (body: string) =>
    body.length > 3000 ? `${body.slice(0, 500)} [...] ${body.slice(-500)}` : body;
  expect(await long(shortened)).toMatchObject({
    verdict: 'warn',
    summary: 'came back with 1,007 characters, without a part in the middle',
  });
});

test('a long text with other line breaks and folded white space came back', async () => {
  expect(await long((body) => body.replaceAll('\n', '\r\n').replace(/ +/g, ' '))).toMatchObject({
    verdict: 'pass',
    summary: '20,000 characters came back',
  });
});
