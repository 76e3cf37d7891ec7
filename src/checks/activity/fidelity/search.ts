import type { Change, Difference, Rule, State } from './change.ts';
import { cutOff } from './cut.ts';
import { emojiChanged } from './emoji.ts';
import { encodedOnce, mojibake } from './encoding.ts';
import { htmlEscaped, htmlUnescaped, lettersEscaped } from './escaping.ts';
import { excerpt } from './excerpt.ts';
import { isHarmless } from './harmless.ts';
import { caseChanged, invisibleRemoved, lettersLost, marksChanged } from './letters.ts';
import { lineBreaksReplaced } from './line-breaks.ts';
import { markdownRewritten } from './markdown.ts';
import { quotesEscaped, typographyChanged } from './quotes.ts';
import { attributesChanged, tagsRemoved, tagsRewritten } from './tags.ts';
import { addressLinked } from './web-links.ts';
import { spacesReplaced, trimmed } from './white-space.ts';
import { wrapped } from './wrapping.ts';

/** In the order in which they are believed where two explain the same. */
const rules: readonly Rule[] = [
  trimmed,
  lineBreaksReplaced,
  spacesReplaced,
  htmlEscaped,
  htmlUnescaped,
  tagsRewritten,
  tagsRemoved,
  attributesChanged,
  wrapped,
  addressLinked,
  markdownRewritten,
  typographyChanged,
  quotesEscaped,
  invisibleRemoved,
  emojiChanged,
  marksChanged,
  lettersEscaped,
  mojibake,
  lettersLost,
  encodedOnce,
  caseChanged,
];

/** Those that know a harmless change. */
const harmlessRules: readonly Rule[] = [trimmed, lineBreaksReplaced, marksChanged];

const mostChanges = 3;
/** Harmless changes do not count, but the search must end. */
const mostSteps = 5;
/** States followed from each step to the next: bounds the work to a fixed number of passes over the texts. */
const beamWidth = 14;

interface Node extends State {
  changes: readonly Change[];
  /** Characters at the beginning that are explained. */
  progress: number;
}

/**
 * The fewest known changes, at most three besides harmless ones, that turn `written` into `read`; null when none do.
 * A beam search: from step to step it follows the states that agree longest with what came back.
 */
export function findChanges(written: string, read: string): Difference[] | null {
  let beam: Node[] = [{ written, text: written, target: read, changes: [], progress: 0 }];
  const seen = new Map<string, Set<string>>();
  for (let step = 0; step < mostSteps && beam.length > 0; step += 1) {
    const next: Node[] = [];
    for (const node of beam) {
      const full = harmful(node.changes) >= mostChanges;
      for (const change of (full ? harmlessRules : rules).flatMap((rule) => rule(node))) {
        if (full && !isHarmless(change.code)) continue;
        const text = change.apply(node.text);
        const target = change.target ?? node.target;
        if (text === node.text && target === node.target) continue;
        const changes = [...node.changes, change];
        if (text === target && text !== '') return changes.map(plain);
        const targets = seen.get(text) ?? new Set();
        if (targets.has(target)) continue;
        seen.set(text, targets.add(target));
        next.push({ written, text, target, changes, progress: sameBeginning(text, target) });
      }
    }
    // A cut and an addition fit almost anything, so they come after what explains the whole.
    for (const node of beam) {
      if (harmful(node.changes) >= mostChanges) continue;
      const last = added(node) ?? cutOff(node.changes, node);
      if (last) return [...node.changes.map(plain), last];
    }
    beam = next.sort((one, other) => other.progress - one.progress).slice(0, beamWidth);
  }
  return null;
}

function plain({ code, sentence }: Change): Difference {
  return { code, sentence };
}

function harmful(changes: readonly Change[]): number {
  return changes.filter(({ code }) => !isHarmless(code)).length;
}

function added({ text, target }: State): Difference | null {
  const at = text === '' ? -1 : target.indexOf(text);
  if (at === -1) return null;
  const before = target.slice(0, at);
  const after = target.slice(at + text.length);
  const where = [
    ...(before === '' ? [] : [`before it: "${excerpt(before)}"`]),
    ...(after === '' ? [] : [`after it: "${excerpt(after)}"`]),
  ];
  return { code: 'added', sentence: `text was added ${where.join(' and ')}` };
}

/** How many UTF-16 code units two texts have in common at the beginning. */
export function sameBeginning(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length += 1;
  return length;
}
