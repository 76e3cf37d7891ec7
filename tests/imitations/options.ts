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
  dates:
    | 'kept'
    | 'local-time'
    | 'midnight'
    | 'no-seconds'
    | 'epoch-seconds'
    | 'empty'
    /** Answers 201 and stores nothing, unless the time is written `YYYY-MM-DD HH:MM:SS`. */
    | 'iso-emptied'
    /** Answers 201 and stores midnight, unless the time is written so, or in Unix seconds. */
    | 'iso-to-midnight'
    /** `YYYY-MM-DD HH:MM:SS` in UTC, without saying so. */
    | 'utc-unsaid';
  /** `two`: a date and a time of day, in fields of their own. */
  timeFields: 'one' | 'two';
  /** What a second contact with the number of another becomes. */
  duplicates:
    | 'copy'
    | 'conflict-409'
    /** A list of those that are there, unless `X-Skip-Duplicate-Check: true` says that a copy is meant. */
    | 'conflict-409-unless-skipped'
    | 'same-record';
  /** What reading an unknown id is answered with. `list`: all records, as if no id had been given. */
  unknownId: 404 | 403 | 400 | 'empty-200' | 'list';
  /** What reading with an empty id is answered with. */
  emptyId: 404 | 'list';
  /** `number-and-text`: every call has a number as well, which is shown first and leads to nothing. */
  ids: 'one' | 'number-and-text';
  /** How an error tells what is wrong. */
  errors:
    | 'body'
    /** In the header `X-Status-Reason`; the body is empty. */
    | 'header'
    /** Beside `success: false`; a success says `success: true`. */
    | 'success-false'
    /** With the name of an exception and its traceback. */
    | 'traceback';
  /** What a wrong credential is answered with. `null-user`: the current-user call answers 200 and nobody. */
  wrongCredential: 400 | 401 | 'null-user';
  missingCredential: 400 | 401 | 403 | 'null-user';
  /** `refused`: 403, whoever asks. `absent`: there is no such call. */
  currentUser: 'shown' | 'with-password-hashes' | 'refused' | 'absent';
  /** What a creation is answered with: the record, its id as a bare number, or a 303 that leads to the record. */
  created: 'record' | 'bare-number' | 'see-other';
  /** A search is sent on to another address, with a 302. */
  searchElsewhere: boolean;
  createdStatus: 200 | 201;
  /** How a search that finds nobody is answered. */
  nobody: 'empty-list' | 404;
  /** What stands for a value that a record does not have. */
  missingValues: 'null' | 'false';
  /** What a search by a parameter that it does not know is answered with. */
  unknownParameter: 'nobody' | 'everybody' | 'sql-error';
  /** Where it stands whose a call or message is. */
  relations:
    | 'in-the-record'
    /** In the record, where `populate` asks for it. */
    | 'on-request'
    /** In a record of its own, which is to be created as well. */
    | 'second-record';
  /** Whether a call must say who its owner is. */
  callNeedsOwner: boolean;
  /** What a call for a contact that is not there is answered with. */
  unknownRelation: 422 | 500;
  /** How a record is changed: at its own address, or at that of all with the id in the body. */
  update: 'patch' | 'put' | 'patch-of-the-collection';
  /** What an update that names no known field is answered with. */
  emptyUpdate: 'record' | 'empty-list';
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
  timeFields: 'one',
  unknownId: 404,
  emptyId: 404,
  ids: 'one',
  errors: 'body',
  wrongCredential: 401,
  missingCredential: 401,
  currentUser: 'shown',
  created: 'record',
  searchElsewhere: false,
  createdStatus: 201,
  nobody: 'empty-list',
  missingValues: 'null',
  unknownParameter: 'nobody',
  relations: 'in-the-record',
  callNeedsOwner: false,
  unknownRelation: 422,
  update: 'patch',
  emptyUpdate: 'record',
  names: 'kept',
  badPhone: 422,
  extraFields: true,
  secondPhone: 'searched',
  shared: 'all',
  countries: 'all',
  latencyMs: 0,
};
