import type { Change, Rule } from './change.ts';
import { code, listed } from './excerpt.ts';

const element = /<(\/?)([a-zA-Z][\w:-]*)([^<>]*)>/g;
const attribute = /\s+([\w:@-]+)(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))?/g;
/** Elements that sanitisers drop together with what stands in them. */
const dropped = ['script', 'style', 'iframe', 'object', 'noscript', 'template', 'textarea', 'title'];

function names(text: string): Set<string> {
  return new Set(Array.from(text.matchAll(element), ([, , name = '']) => name.toLowerCase()));
}

/** Tags that vanished: with what stood in them (`<script>`), alone, or everything in angle brackets. */
export const tagsRemoved: Rule = ({ text, target }) => {
  if (!text.includes('<')) return [];
  const kept = names(target);
  const gone = [...names(text)].filter((name) => !kept.has(name));
  const changes: Change[] = [];
  for (const name of gone.filter((candidate) => dropped.includes(candidate))) {
    const whole = new RegExp(`<${name}(?=[\\s>])[^<>]*>[\\s\\S]*?</${name}\\s*>`, 'gi');
    changes.push({
      code: 'script-removed',
      sentence: `${code(`<${name}>`)} and what stood in it were removed`,
      apply: (before) => before.replace(whole, ''),
    });
  }
  const comment = /<!--[\s\S]*?-->/g;
  if (text.includes('<!--') && !target.includes('<!--')) {
    changes.push({
      code: 'comments-removed',
      sentence: 'HTML comments were removed',
      apply: (before) => before.replace(comment, ''),
    });
  }
  if (gone.length > 0) {
    const tags = listed(gone.map((name) => code(`<${name}>`)));
    const were = gone.length === 1 ? 'was' : 'were';
    const stayed = gone.some((name) => dropped.includes(name)) ? ', what stood in it stayed' : '';
    const strip = (replacement: string) => (before: string) =>
      before.replace(element, (found, _slash, name: string) =>
        gone.includes(name.toLowerCase()) ? replacement : found,
      );
    changes.push(
      { code: 'tags-removed', sentence: `${tags} ${were} removed${stayed}`, apply: strip('') },
      { code: 'tags-removed', sentence: `${tags} became spaces`, apply: strip(' ') },
    );
  }
  if (/<[^<>]*>/.test(text)) {
    changes.push({
      code: 'tags-removed',
      sentence: 'everything from `<` to `>` was removed',
      apply: (before) => before.replace(/<[^<>]*>/g, ''),
    });
  }
  if (/<(?![\s\d])/.test(text) && !target.includes('<')) {
    changes.push({
      code: 'angle-brackets-removed',
      sentence: '`<` and `>` were removed',
      apply: (before) => before.replace(/[<>]/g, ''),
    });
  }
  return changes;
};

/** Each attribute of a text as `tag name`. */
function attributes(text: string): Set<string> {
  const found = new Set<string>();
  for (const [, , tag = '', rest = ''] of text.matchAll(element))
    for (const [, name = ''] of rest.matchAll(attribute)) found.add(`${tag} ${name}`.toLowerCase());
  return found;
}

function withoutAttributes(text: string, gone: ReadonlySet<string>): string {
  return text.replace(
    element,
    (_found, slash: string, tag: string, rest: string) =>
      `<${slash}${tag}${rest.replace(attribute, (whole, name: string) =>
        gone.has(`${tag} ${name}`.toLowerCase()) ? '' : whole,
      )}>`,
  );
}

/** Attributes that were dropped, and attributes that the CRM added. */
export const attributesChanged: Rule = ({ text, target }) => {
  const before = attributes(text);
  const after = attributes(target);
  const known = names(text);
  const gone = new Set([...before].filter((pair) => !after.has(pair)));
  const added = new Set(
    [...after].filter((pair) => !before.has(pair) && known.has(pair.slice(0, pair.indexOf(' ')))),
  );
  const shown = (pairs: Set<string>): string => {
    const unique = [...new Set([...pairs].map((pair) => pair.slice(pair.indexOf(' ') + 1)))];
    return `${unique.length === 1 ? 'the attribute' : 'the attributes'} ${listed(unique.map(code))} ${unique.length === 1 ? 'was' : 'were'}`;
  };
  const changes: Change[] = [];
  if (gone.size > 0) {
    changes.push({
      code: 'attributes-removed',
      sentence: `${shown(gone)} removed`,
      apply: (whole) => withoutAttributes(whole, gone),
    });
  }
  if (added.size > 0) {
    changes.push({
      code: 'attributes-added',
      sentence: `${shown(added)} added`,
      apply: (whole) => whole,
      target: withoutAttributes(target, added),
    });
  }
  return changes;
};

const synonyms = [
  ['b', 'strong'],
  ['i', 'em'],
  ['s', 'del'],
  ['strike', 's'],
  ['div', 'p'],
  ['h1', 'h2'],
  ['h2', 'h3'],
] as const;

/** Tags that were written in another way: `<br>` as `<br />`, `<b>` as `<strong>`. */
export const tagsRewritten: Rule = ({ text, target }) => {
  const changes: Change[] = [];
  const lineBreak = /<br\s*\/?>/gi;
  const written = text.match(lineBreak)?.[0];
  if (written !== undefined) {
    for (const form of ['<br />', '<br/>', '<br>']) {
      if (form === written || !target.includes(form)) continue;
      changes.push({
        code: 'br-rewritten',
        sentence: `${code(written)} became ${code(form)}`,
        apply: (before) => before.replace(lineBreak, form),
      });
    }
    changes.push(
      {
        code: 'br-line-breaks',
        sentence: `${code(written)} became a line break`,
        apply: (before) => before.replace(lineBreak, '\n'),
      },
      {
        code: 'br-line-breaks',
        sentence: `${code(written)} became a space`,
        apply: (before) => before.replace(lineBreak, ' '),
      },
    );
  }
  const before = names(text);
  const after = names(target);
  const renamed = new Map<string, string>();
  for (const pair of synonyms) {
    for (const [from, to] of [pair, [pair[1], pair[0]]] as const)
      if (before.has(from) && !after.has(from) && after.has(to)) renamed.set(from, to);
  }
  if (renamed.size > 0) {
    changes.push({
      code: 'tags-renamed',
      sentence: listed([...renamed].map(([from, to]) => `${code(`<${from}>`)} became ${code(`<${to}>`)}`)),
      apply: (whole) =>
        whole.replace(element, (_found, slash: string, tag: string, rest: string) => {
          return `<${slash}${renamed.get(tag.toLowerCase()) ?? tag}${rest}>`;
        }),
    });
  }
  return changes;
};
