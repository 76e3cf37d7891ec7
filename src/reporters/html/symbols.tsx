import type { FeatureState, Overall, Verdict } from '../../report/types.ts';

/** The shapes of all marks, once; each differs by its form, so that colour is never needed to tell them. */
export function Symbols() {
  return (
    <svg class="symbols" width="0" height="0" aria-hidden="true" focusable="false">
      <symbol id="mark-good" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="7.5" />
        <path class="cut" d="M4.6 8.2l2.4 2.4 4.4-4.9" />
      </symbol>
      <symbol id="mark-loss" viewBox="0 0 16 16">
        <path d="M8 .9c.6 0 1.1.3 1.4.8l6.2 10.9c.6 1.1-.2 2.5-1.4 2.5H1.8C.6 15.1-.2 13.7.4 12.6L6.6 1.7C6.9 1.2 7.4.9 8 .9z" />
        <path class="cut" d="M8 5.4v4M8 12.1v.01" />
      </symbol>
      <symbol id="mark-bad" viewBox="0 0 16 16">
        <path d="M5 .6h6L15.4 5v6L11 15.4H5L.6 11V5z" />
        <path class="cut" d="M5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4" />
      </symbol>
      <symbol id="mark-blocked" viewBox="0 0 16 16">
        <circle class="line" cx="8" cy="8" r="6.5" />
        <path class="line" d="M3.5 12.5l9-9" />
      </symbol>
      <symbol id="mark-question" viewBox="0 0 16 16">
        <circle class="line" cx="8" cy="8" r="6.5" />
        <path class="line" d="M6 6.3c0-2.7 4.1-2.5 4.1-.2 0 1.5-2.1 1.5-2.1 3.1M8 11.6v.01" />
      </symbol>
      <symbol id="mark-blank" viewBox="0 0 16 16">
        <circle class="line dashed" cx="8" cy="8" r="6.5" />
      </symbol>
      <symbol id="mark-none" viewBox="0 0 16 16">
        <path class="line" d="M3.5 8h9" />
      </symbol>
      <symbol id="mark-waived" viewBox="0 0 16 16">
        <path class="line" d="M2.5 9.5c1.8-3.6 3.7-3.6 5.5-1.5s3.7 2.1 5.5-1.5" />
      </symbol>
      <symbol id="mark-info" viewBox="0 0 16 16">
        <circle class="line" cx="8" cy="8" r="6.5" />
        <path class="line" d="M8 7.4v4M8 4.7v.01" />
      </symbol>
    </svg>
  );
}

const verdictMarks = {
  pass: 'good',
  warn: 'loss',
  fail: 'bad',
  blocked: 'blocked',
  'not-described': 'blank',
  inconclusive: 'question',
  'not-applicable': 'none',
  waived: 'waived',
} as const satisfies Record<Verdict, string>;

const featureMarks = {
  works: 'good',
  'works with adapter code': 'loss',
  'does not work': 'bad',
  unknown: 'question',
} as const satisfies Record<FeatureState, string>;

const overallMarks = {
  ready: 'good',
  'ready-with-adapter-code': 'good',
  'partly-ready': 'loss',
  'not-ready': 'bad',
  unknown: 'question',
} as const satisfies Record<Overall, string>;

export type MarkName = (typeof verdictMarks)[Verdict] | (typeof featureMarks)[FeatureState] | 'info';

/** A mark beside words that say the same. */
export function Mark({ name }: { name: MarkName }) {
  return (
    <svg class={`mark ${name}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <use href={`#mark-${name}`} />
    </svg>
  );
}

export function verdictMark(verdict: Verdict, forInformation: boolean): MarkName {
  return forInformation ? 'info' : verdictMarks[verdict];
}

export function overallMark(overall: Overall): MarkName {
  return overallMarks[overall];
}

/** A feature that works with a "but" is not marked like one that simply works. */
export function featureMark(state: FeatureState, isCautioned: boolean): MarkName {
  return state === 'works' && isCautioned ? 'loss' : featureMarks[state];
}
