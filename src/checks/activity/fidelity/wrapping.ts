import type { Change, Rule } from './change.ts';
import { code } from './excerpt.ts';

const opening = /^\s*<([a-zA-Z][\w-]*)(?:\s[^<>]*)?>/;
const fixed = [
  ['<![CDATA[', ']]>'],
  ['"', '"'],
] as const;
const deepest = 4;

interface Peeled {
  tag: string;
  inner: string;
}

/** The text inside the element that is the whole of it, or null. */
function peel(text: string): Peeled | null {
  const match = opening.exec(text);
  if (!match) return null;
  const tag = (match[1] ?? '').toLowerCase();
  const end = text.trimEnd();
  const closing = `</${tag}>`;
  if (!end.toLowerCase().endsWith(closing) || end.length < match[0].length + closing.length) return null;
  return { tag, inner: end.slice(match[0].length, -closing.length) };
}

/** The whole text put into one or more elements, into CDATA or into quotation marks. */
export const wrapped: Rule = ({ text, target }) => {
  const changes: Change[] = [];
  const change = (around: string, inner: string): Change => ({
    code: 'wrapped',
    sentence: `the whole text was wrapped in ${code(around)}`,
    apply: (whole) => whole,
    target: inner,
  });
  const own = peel(text)?.tag;
  let around = '';
  let rest = target;
  for (let depth = 0; depth < deepest; depth += 1) {
    const peeled = peel(rest);
    if (!peeled || (depth === 0 && peeled.tag === own && peel(peeled.inner)?.tag !== own)) break;
    around += `<${peeled.tag}>`;
    rest = peeled.inner;
    changes.push(change(around, rest));
    if (/^\s|\s$/.test(rest)) changes.push(change(around, rest.trim()));
  }
  for (const [start, end] of fixed) {
    if (target.length < start.length + end.length || !target.startsWith(start) || !target.endsWith(end))
      continue;
    if (text.startsWith(start) && text.endsWith(end)) continue;
    changes.push(change(`${start}…${end}`, target.slice(start.length, -end.length)));
  }
  return changes;
};
