/** How an imitated CRM behaves. Each line was seen on real systems; every one can be combined with every other. */
export interface CrmOptions {
  /** How the search by number compares, and what it needs the number to be stored as. */
  search:
    | 'normalising'
    | 'exact'
    /** The stored text contains the text that was asked for, as `LIKE '%…%'` does: an empty one is in all of them. */
    | 'substring-text'
    | 'substring-digits'
    /** The last `suffixDigits` digits are the same. */
    | 'suffix'
    /** An exact comparison; anything but E.164 is refused when it is written. */
    | 'e164-only-stored'
    /** An exact comparison; whatever was written is stored as E.164. */
    | 'normalise-on-write'
    /** Country code and national number are stored apart; only the national number is searched. */
    | 'split'
    /** Finds nobody, ever. */
    | 'unusable'
    /** Does not know the parameter, and returns everybody. */
    | 'everybody';
  suffixDigits: 7 | 10;
  /** Seconds until the search knows what was written. What was deleted is gone at once. */
  lagSeconds: number;
  /** Reading a record by its id lags as well. */
  readsLag: boolean;
  /** The search goes on finding what was deleted, for as long as it lags. */
  deletionsLag: boolean;
  /** `always-200`: an error is a 200 with `error` in its body. */
  statuses: 'proper' | 'always-200';
  /** What becomes of subjects, bodies and messages. */
  text:
    | 'kept'
    | 'html-escaped'
    /** `&` and a `<` that begins no tag become entities, as an HTML sanitiser writes them. */
    | 'entities-in-text'
    | 'cut-255'
    /** A longer body is answered with 422. */
    | 'refused-over-1000'
    | 'emptied-over-3000'
    | 'line-breaks-to-spaces'
    | 'emoji-to-question-marks'
    | 'tags-stripped'
    | 'trimmed'
    | 'upper-cased';
  /** What becomes of ISO 8601 times. `local-time` drops the offset and keeps the wall time. */
  dates: 'kept' | 'local-time' | 'midnight' | 'no-seconds' | 'epoch-seconds' | 'empty';
  /** What a second contact with the number of another becomes. */
  duplicates: 'copy' | 'conflict-409' | 'same-record';
  /** What reading an unknown id is answered with. `list`: all records, as if no id had been given. */
  unknownId: 404 | 400 | 'empty-200' | 'list';
  /** What becomes of a contact's name. */
  names: 'kept' | 'first-word' | 'upper-cased' | 'ascii';
  /** What becomes of a number that is none. */
  badPhone: 422 | 'stored' | 'dropped';
  /** Whether the search returns number, type and creation date beside id and name. */
  extraFields: boolean;
  /** Whether the search looks into the second phone field, `mobile`. */
  secondPhone: 'searched' | 'ignored';
  /** Whom of several with the same number the search returns. */
  shared: 'all' | 'first';
  /** Whose numbers the search understands: `own` are those of the United States and Canada. */
  countries: 'all' | 'own';
  /** Milliseconds before each answer. */
  latencyMs: number;
}

/** A CRM without a fault. */
export const faultless: CrmOptions = {
  search: 'normalising',
  suffixDigits: 10,
  lagSeconds: 0,
  readsLag: false,
  deletionsLag: false,
  statuses: 'proper',
  text: 'kept',
  dates: 'kept',
  duplicates: 'copy',
  unknownId: 404,
  names: 'kept',
  badPhone: 422,
  extraFields: true,
  secondPhone: 'searched',
  shared: 'all',
  countries: 'all',
  latencyMs: 0,
};
