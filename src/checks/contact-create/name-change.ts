import { explainText, isHarmless } from '../activity/text-fidelity.ts';

/**
 * What happened to a name, in a few words; null when the same text can be seen: a CRM may split a name and join it
 * again, and white space at its ends is nobody's name.
 */
export function nameChange(written: string, read: string): string | null {
  const [before, after] = [fold(written), fold(read)];
  if (before === after) return null;
  const words = before.split(' ');
  if (words.length > 1 && after === words[0]) return 'cut to the first word';
  if (words.length > 1 && after === words.at(-1)) return 'cut to the last word';
  if (after === words.toReversed().join(' ')) return 'its words were put in another order';
  const changes = explainText(before, after).filter(({ code }) => !isHarmless(code));
  return changes.length === 0 ? null : changes.map(({ sentence }) => sentence).join(', ');
}

function fold(name: string): string {
  return name.normalize('NFC').replace(/\s+/g, ' ').trim();
}
