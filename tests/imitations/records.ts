import type { CrmOptions } from './options.ts';

export interface Contact {
  id: string;
  name: string;
  phone: string | null;
  mobile: string | null;
  /** Where country code and number are stored apart. */
  countryCode?: string;
  type: string;
  createdAt: string | number;
}

export interface Call {
  id: string;
  /** Where a record has a second id. */
  number?: number;
  contactId: string;
  subject: string;
  body: string;
  direction: string;
  startedAt: string | number;
  endedAt: string | number;
  /** Where date and time of day are fields of their own. */
  startedOn?: string;
  startedTime?: string;
  endedOn?: string;
  endedTime?: string;
  /** Seconds. */
  duration: number;
  result: string;
}

/** A conversation by SMS. */
export interface Message {
  id: string;
  contactId: string;
  direction: string;
  sentAt: string | number;
  texts: string[];
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#039;',
};

const keepText = {
  kept: (text) => text,
  'html-escaped': (text) => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign),
  'entities-in-text': (text) =>
    text
      .replace(/&(?!\w+;)/g, '&amp;')
      .replace(/<(?![/a-z])/gi, '&lt;')
      .replace(/(?<= )>(?= )/g, '&gt;'),
  'refused-over-1000': (text) => text,
  'emptied-over-3000': (text) => (text.length > 3000 ? '' : text),
  'cut-255': (text) => text.slice(0, 255),
  'line-breaks-to-spaces': (text) => text.replace(/\r?\n/g, ' '),
  // MySQL's three-byte `utf8` has no place for what lies beyond the Basic Multilingual Plane.
  'emoji-to-question-marks': (text) => text.replace(/[\u{10000}-\u{10FFFF}]/gu, '?'),
  'tags-stripped': (text) => text.replace(/<[^<>]*>/g, ''),
  trimmed: (text) => text.trim(),
  'upper-cased': (text) => text.toUpperCase(),
} satisfies Record<CrmOptions['text'], (text: string) => string>;

const keepDate = {
  kept: (iso) => iso,
  'local-time': (iso) => iso.slice(0, 19).replace('T', ' '),
  midnight: (iso) => `${iso.slice(0, 10)}T00:00:00Z`,
  'no-seconds': (iso) => `${iso.slice(0, 16)}:00${/(?:Z|[+-]\d\d:?\d\d)$/.exec(iso)?.[0] ?? ''}`,
  'epoch-seconds': (iso) => Math.floor(Date.parse(iso) / 1000),
  empty: () => '',
  'iso-emptied': (time) => (isSqlTime(time) ? time : ''),
  'iso-to-midnight': (time) =>
    isSqlTime(time) || /^\d+$/.test(time) ? time : `${time.slice(0, 10)} 00:00:00`,
  'utc-unsaid': (time) => (isSqlTime(time) ? time : sqlTime(time)),
} satisfies Record<CrmOptions['dates'], (iso: string) => string | number>;

function sqlTime(iso: string): string {
  return new Date(iso).toISOString().slice(0, 19).replace('T', ' ');
}

function isSqlTime(time: string): boolean {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(time);
}

const keepName = {
  kept: (name) => name,
  'first-word': (name) => name.trim().split(/\s+/)[0] ?? '',
  'upper-cased': (name) => name.toUpperCase(),
  ascii: (name) => name.replace(/\P{ASCII}/gu, '?'),
} satisfies Record<CrmOptions['names'], (name: string) => string>;

export function keptText(text: string, options: CrmOptions): string {
  return keepText[options.text](text);
}

/** @param iso ISO 8601, with an offset or Z, unless the CRM asks for another form; '' stays '' */
export function keptDate(iso: string, options: CrmOptions): string | number {
  return iso === '' ? '' : keepDate[options.dates](iso);
}

/** When a record is created, as this CRM writes its own times. */
export function dateOfCreation(options: CrmOptions): string | number {
  const now = new Date().toISOString();
  return keptDate(options.dates.startsWith('iso-') ? sqlTime(now) : now, options);
}

export function keptName(name: string, options: CrmOptions): string {
  return keepName[options.names](name);
}
