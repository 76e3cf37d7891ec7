import type { Change, Rule, State } from './change.ts';
import { appeared, vanishedCharacters } from './change.ts';
import { code, listed } from './excerpt.ts';

/** How the characters that mean something in HTML are written; the first is the common one. */
const spellings = [
  ['&', ['&amp;', '&#38;', '&#038;', '&#x26;']],
  ['<', ['&lt;', '&#60;', '&#060;', '&#x3C;', '&#x3c;', '&LT;']],
  ['>', ['&gt;', '&#62;', '&#062;', '&#x3E;', '&#x3e;', '&GT;']],
  ['"', ['&quot;', '&#34;', '&#034;', '&#x22;']],
  ["'", ['&#039;', '&#39;', '&apos;', '&#x27;', '&#8217;', '&rsquo;']],
  ['/', ['&#x2F;', '&#x2f;', '&#47;']],
  ['`', ['&#96;', '&#x60;']],
  ['=', ['&#x3D;', '&#61;']],
] as const;

const entity = /&(?:[a-zA-Z][a-zA-Z0-9]*|#\d+|#[xX][0-9a-fA-F]+);/;
const tag = /<(?:\/?[a-zA-Z]|!--)[^<>]*>/g;

/** Which characters were escaped, and how, by what stands in the target more often than in the text. */
function escapesIn(state: Pick<State, 'text' | 'target'>): Map<string, string> {
  const escapes = new Map<string, string>();
  for (const [character, candidates] of spellings) {
    if (!state.text.includes(character)) continue;
    const found = candidates.find((candidate) => appeared(state, candidate));
    if (found) escapes.set(character, found);
  }
  return escapes;
}

type Replace = (text: string) => string;

function escaping(escapes: ReadonlyMap<string, string>, wholeEntities: boolean): Replace {
  const characters = [...escapes.keys()].map((character) =>
    character === '&' && wholeEntities ? `&(?!${entity.source.slice(1)})` : character,
  );
  const pattern = new RegExp(characters.join('|'), 'g');
  return (text) => text.replace(pattern, (character) => escapes.get(character) ?? character);
}

function unescaping(escapes: ReadonlyMap<string, string>, text: string): string {
  const characters = new Map([...escapes].map(([from, to]) => [to, from]));
  return text.replace(
    new RegExp([...characters.keys()].join('|'), 'g'),
    (found) => characters.get(found) ?? found,
  );
}

function outsideTags(replace: Replace): Replace {
  return (text) => {
    let from = 0;
    let result = '';
    for (const { 0: match, index } of text.matchAll(tag)) {
      result += replace(text.slice(from, index)) + match;
      from = index + match.length;
    }
    return result + replace(text.slice(from));
  };
}

/** As HTML writers do it: `&` in attributes too, the others only in what stands between tags. */
function ampersandsEverywhere(escapes: ReadonlyMap<string, string>, wholeEntities: boolean): Replace {
  const isAmpersand = ([character]: [string, string]): boolean => character === '&';
  const first = escaping(new Map([...escapes].filter(isAmpersand)), wholeEntities);
  const others = new Map([...escapes].filter((pair) => !isAmpersand(pair)));
  const then = others.size === 0 ? null : outsideTags(escaping(others, wholeEntities));
  return (text) => (then ? then(first(text)) : first(text));
}

/** `< > & " '` and a few more written as entities: all of them, only some, only outside tags, or twice. */
export const htmlEscaped: Rule = (state) => {
  const changes: Change[] = [];
  const escapes = escapesIn(state);
  const hasTags = state.text.search(tag) !== -1;
  const outside = state.written.search(tag) === -1 ? '' : ' outside tags';
  if (escapes.size > 0) {
    const became = (where: string) =>
      listed(
        [...escapes].map(
          ([from, to]) => `${code(from)}${'<>'.includes(from) ? where : ''} became ${code(to)}`,
        ),
        8,
      );
    for (const wholeEntities of entity.test(state.text) ? [false, true] : [false]) {
      const replace = escaping(escapes, wholeEntities);
      const ways: [string, Replace][] = [['', replace]];
      if (hasTags) {
        ways.push([outside, outsideTags(replace)]);
        if (escapes.has('&')) ways.push([outside, ampersandsEverywhere(escapes, wholeEntities)]);
      }
      for (const [where, apply] of ways) {
        const sentence = became(where);
        changes.push({ code: 'html-escaped', sentence, apply });
        // Undone in what came back, it lets changes show that came before it: `<br>` as `&lt;br /&gt;`.
        const target = unescaping(escapes, state.target);
        if (target !== state.target && apply(target) === state.target)
          changes.push({ code: 'html-escaped', sentence, apply: (text) => text, target });
      }
    }
  }
  const twice = /&amp;(?=(?:amp|lt|gt|quot|apos|#0?39|#34|#x27);)/g;
  if (twice.test(state.target)) {
    const once = escapesIn({ text: state.text, target: state.target.replace(twice, '&') });
    if (once.size > 0) {
      const replace = escaping(once, false);
      const again = (text: string): string => replace(text).replaceAll('&', '&amp;');
      const became = [...once.keys()].map(
        (character) => `${code(character)} became ${code(again(character))}`,
      );
      changes.push({
        code: 'html-escaped-twice',
        sentence: `escaped twice: ${listed(became, 8)}`,
        apply: again,
      });
    }
  }
  return changes;
};

/** Entities that were written and came back as the characters they stand for. */
export const htmlUnescaped: Rule = ({ text, target }) => {
  const characters = new Map<string, string>([['&nbsp;', '\u00a0']]);
  for (const [character, candidates] of spellings)
    for (const candidate of candidates.slice(0, 5)) characters.set(candidate, character);
  const gone = new Set(
    (text.match(new RegExp(entity.source, 'g')) ?? []).filter(
      (found) => characters.has(found) && !target.includes(found),
    ),
  );
  if (gone.size === 0) return [];
  const pattern = new RegExp([...gone].join('|'), 'g');
  const became = [...gone].map((found) => `${code(found)} became ${code(characters.get(found) ?? '')}`);
  return [
    {
      code: 'html-unescaped',
      sentence: listed(became),
      apply: (before) => before.replace(pattern, (found) => characters.get(found) ?? found),
    },
  ];
};

/** Named entities of U+00A0 to U+00FF in order, as HTML 4 has them. */
const latin1Names =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'.split(
    ' ',
  );

/** Letters beyond ASCII written as entities: `é` as `&eacute;`, `&#233;` or `&#xE9;`. */
export const lettersEscaped: Rule = (state) => {
  if (!entity.test(state.target)) return [];
  const gone = vanishedCharacters(state);
  const first = [...gone].find((character) => character < '\ud800');
  if (first === undefined) return [];
  const point = (character: string): number => character.codePointAt(0) ?? 0;
  const decimal = (character: string): string => `&#${point(character)};`;
  const spell: ((character: string) => string)[] = [
    (character) => {
      const name = latin1Names[point(character) - 0xa0];
      return name === undefined ? decimal(character) : `&${name};`;
    },
    decimal,
    (character) => `&#x${point(character).toString(16)};`,
    (character) => `&#x${point(character).toString(16).toUpperCase()};`,
  ];
  return spell
    .filter((spelling) => state.target.includes(spelling(first)))
    .map((spelling) => ({
      code: 'letters-escaped',
      sentence: `letters became HTML entities: ${code(first)} became ${code(spelling(first))}`,
      apply: (text: string) =>
        [...text].map((character) => (gone.has(character) ? spelling(character) : character)).join(''),
    }));
};
