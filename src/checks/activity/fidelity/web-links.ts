import type { Change, Rule } from './change.ts';
import { code } from './excerpt.ts';

const linked = [
  {
    shown: '<a href=…>',
    pattern: /<a\b[^<>]*?\bhref=(["'])(?:mailto:|tel:)?([^"'<>]*)\1[^<>]*>(?:mailto:|tel:)?\2<\/a>/g,
    address: 2,
  },
  { shown: '[…](…)', pattern: /\[(https?:\/\/[^[\]()\s]+)\]\(\1\)/g, address: 1 },
  { shown: '<…>', pattern: /<(https?:\/\/[^<>\s]+)>/g, address: 1 },
  { shown: '[…|…]', pattern: /\[(https?:\/\/[^[\]|\s]+)\|\1(?:\|[\w-]+)?\]/g, address: 1 },
] as const;

/** A bare web address, mail address or phone number that the CRM made a link of. */
export const addressLinked: Rule = ({ text, target }) => {
  const changes: Change[] = [];
  for (const { shown, pattern, address } of linked) {
    const found = target.match(pattern)?.[0];
    if (found === undefined || text.includes(found)) continue;
    const without = (whole: string): string =>
      whole.replace(pattern, (...groups: string[]) => groups[address] ?? groups[0] ?? '');
    changes.push({
      code: 'url-linked',
      sentence: `${code(without(found))} became a link (${code(shown)})`,
      apply: without,
      target: without(target),
    });
  }
  return changes;
};
