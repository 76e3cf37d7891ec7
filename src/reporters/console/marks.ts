import type { CellState } from '../../report/matrix.ts';
import type { FeatureState, Verdict } from '../../report/types.ts';

/** Every sign that is not a letter. Each kind differs by its shape, so that colour is never needed to tell them. */
export interface Marks {
  verdict: Readonly<Record<Verdict, string>>;
  info: string;
  feature: Readonly<Record<FeatureState, string>>;
  cell: Readonly<Record<CellState, string>>;
  /** Between facts on one line. */
  separator: string;
  ellipsis: string;
}

export const unicodeMarks: Marks = {
  verdict: {
    pass: '✓',
    warn: '▲',
    fail: '✗',
    blocked: '⊘',
    inconclusive: '?',
    'not-described': '·',
    'not-applicable': '–',
    waived: '~',
  },
  info: 'i',
  feature: { works: '✓', 'works with adapter code': '▲', 'does not work': '✗', unknown: '?' },
  cell: { hit: '●', miss: '○', refused: '–', 'not-asked': '·', trouble: '?' },
  separator: ' · ',
  ellipsis: '…',
};

export const asciiMarks: Marks = {
  verdict: {
    pass: '+',
    warn: '!',
    fail: 'x',
    blocked: '/',
    inconclusive: '?',
    'not-described': '.',
    'not-applicable': '-',
    waived: '~',
  },
  info: 'i',
  feature: { works: '+', 'works with adapter code': '!', 'does not work': 'x', unknown: '?' },
  cell: { hit: '#', miss: 'o', refused: '-', 'not-asked': '.', trouble: '?' },
  separator: ' | ',
  ellipsis: '...',
};

/** Typographic characters of our own texts. Letters of a CRM's texts are not ours to change. */
const plainForms: Readonly<Record<string, string>> = {
  '…': '...',
  '–': '-',
  '—': '-',
  '·': '|',
  '›': '>',
  '→': '->',
  '×': 'x',
  '½': '1/2',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '●': '#',
  '○': 'o',
};

/** The same text without typographic characters, for terminals that know only ASCII. */
export function plainTypography(text: string): string {
  return text.replace(/[…–—·›→×½“”‘’●○]/gu, (character) => plainForms[character] ?? character);
}
