/** What happened to a text or a time, as a stable code and as a sentence for people. */
export interface Difference {
  code: string;
  sentence: string;
}

/** How far the explanation has come: `text` is what the changes so far make of `written`. */
export interface State {
  written: string;
  text: string;
  /** What came back, without what the changes so far have explained (a tag around the whole, an added attribute). */
  target: string;
}

/** A change that may have happened. */
export interface Change extends Difference {
  /** What the change makes of any text. */
  apply(text: string): string;
  /** The rest to explain, where the change is better undone in what came back than done to what was written. */
  target?: string;
}

/** Looks for the traces of one kind of change, and proposes what fits them. Linear in the length of the texts. */
export type Rule = (state: State) => Change[];

/** How often `part` stands in `text`. */
export function count(text: string, part: string): number {
  let found = 0;
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) found += 1;
  return found;
}

/** Whether `part` stands in the target more often than in the text: the trace of most replacements. */
export function appeared({ text, target }: Pick<State, 'text' | 'target'>, part: string): boolean {
  return target.includes(part) && count(target, part) > count(text, part);
}

/** Characters beyond ASCII that stand in the text and nowhere in the target, each once. */
export function vanishedCharacters({ text, target }: State): Set<string> {
  const kept = beyondAscii(target);
  return new Set([...beyondAscii(text)].filter((character) => !kept.has(character)));
}

function beyondAscii(text: string): Set<string> {
  return new Set(text.match(/\P{ASCII}/gu));
}
