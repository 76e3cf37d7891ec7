/** How a requirement is judged, in words: what is asked where the title does not say it, and what each verdict means. */
export interface JudgedTexts {
  asks?: string;
  pass?: string;
  warn?: string;
  fail?: string;
  inconclusive?: string;
  notDescribed?: string;
  notApplicable?: string;
}

/**
 * For `crm-ready explain` and the pages of docs/checks. A verdict that is not named here cannot come out, but for those
 * that every requirement knows (docs/checks.md begins with them). Loaded only where somebody reads it.
 */
export const judged: Readonly<Record<string, JudgedTexts>> = {
  'oauth.authorize': {
    asks: "App Connect's own request: `response_type=code`, the client id, the scope as configured, `state=platform=<name>` and the redirect URI. Redirects are followed up to the redirect URI, never to it.",
    pass: 'a login page, or a redirect to the redirect URI with a code',
    fail: 'an error page, or a redirect that carries an error',
    inconclusive:
      'nobody gave consent (`access_denied`, `login_required` and the like), or the server was not up to it for the time being',
  },
  'oauth.state': {
    asks: 'Code and state are read from the `Location` that points at the redirect URI.',
    pass: '`state` is the same, character for character',
    fail: '`state` is missing or changed',
    inconclusive: 'the login page needs a person, or a token was handed in, so that no code was seen',
  },
  'oauth.code-exchange': {
    asks: 'A form POST with HTTP Basic and no `code_verifier`; where that is refused, the other ways, each with a code of its own: credentials in the body, in the query, and each of the three with PKCE (S256). Where a person logs in, the others are tried with `--authorize-again`.',
    pass: 'HTTP Basic without PKCE gives an access token',
    warn: 'only credentials in the body or in the query give one (adapter code)',
    fail: 'PKCE is demanded, or the code is refused in every way',
    inconclusive:
      'every way is refused with `invalid_client`: a wrong client id or secret in the profile looks the same',
  },
  'oauth.token-response': {
    asks: 'The answer to the exchange. Whatever is odd in it is named and seen through, so that the check goes on. A clock of the server that is off by more than a minute is a caution.',
    pass: '`access_token` of at most 2,000 characters, `token_type` Bearer, `expires_in` as a number, no `error`, status 200, content type JSON',
    warn: 'App Connect copes, other clients do not: `token_type` is missing or another, `expires_in` is a number in quotes, another content type, form encoding, another status below 400. Or there is neither `expires_in` nor a refresh token: works only while tokens never expire. Or the operations read a further field of the answer, which `discovers` names (adapter code: proxy mode keeps the tokens only)',
    fail: 'App Connect cannot use it: the token is too long, nested, in a list or under another name; a byte order mark or quotes stand around the JSON; `expires_in` is no number, below one second or above a century; `token_type` or a token is no text; or there is a refresh token without `expires_in`',
  },
  'oauth.bearer': {
    pass: 'a request with `Authorization: Bearer` succeeds',
    warn: 'only another word than Bearer succeeds (adapter code)',
    fail: 'it is refused',
  },
  'oauth.refresh': {
    asks: 'The refresh token of an authorization made for this, by HTTP Basic; then the current-user call with the new access token.',
    pass: 'the new token works, and the reply has `expires_in` above 120. Keeping the refresh token and sending a new one are both right',
    warn: 'the reply is odd in a way that App Connect copes with (see oauth.token-response); tokens live for 120 s or less, so that App Connect refreshes before every operation; no refresh token though tokens expire; or only credentials in the body or the query work (adapter code)',
    fail: 'refused; the new token does not work; no `expires_in` in the reply; or the reply is odd in a way that App Connect cannot use',
    notApplicable: 'there is no refresh token, and tokens are not said to expire',
  },
  'oauth.bad-client-refused': {
    asks: 'A fresh code with a wrong client secret, and a code that was never issued.',
    pass: 'both are refused with 400 or 401 and a JSON `error`',
    warn: 'refused in another shape: another status (200, 404, or a 500 that repeats), a page, JSON without `error`',
    fail: 'a token comes back for one of them',
    inconclusive: 'no second code could be had to try the wrong secret with',
  },
  'oauth.code-single-use': {
    asks: 'A code of its own is exchanged, and then sent once more, after the logout: a server that then revokes what the code gave ends nothing that is in use.',
    pass: 'refused the second time',
    warn: 'a second token comes back',
    inconclusive: 'a person would have to log in for it, and `--authorize-again` was not given',
  },
  'oauth.redirect-uri-checked': {
    asks: 'The authorization request with a redirect URI on another host, and with one that is longer than the registered one. No redirect is followed there.',
    pass: 'an error page, or a redirect to the registered address',
    warn: 'a redirect to an address that is not registered',
    inconclusive: 'a login page answers: what comes after the login is not seen',
  },
  'oauth.pkce': {
    asks: 'Two authorizations of its own with an S256 challenge: one is exchanged with its verifier, the other with another.',
    pass: 'the right verifier gives a token, the other is refused',
    warn: 'the code is not exchanged although the verifier is right, or a wrong verifier is taken',
    inconclusive: 'a person would have to log in for it, and `--authorize-again` was not given',
  },
  'oauth.metadata': {
    asks: 'Both well-known addresses (RFC 8414 and OpenID) of the issuer that the authorization response names, else of the hosts and folders of the two endpoints.',
    pass: 'the issuer and the endpoints are those in use',
    warn: 'they differ; or HTTP Basic is not among the ways to authenticate',
    notApplicable: 'nothing is published',
  },
  'auth.alternative': {
    asks: 'Nothing is sent. Only for a profile that signs in without an authorization code; the `oauth.*` rows are then left out.',
    warn: 'always. An API key, HTTP Basic, a bearer token, headers of which one is secret, and a login of one request whose JSON has the session fit proxy mode. Several secret headers, a login of several requests or with a digest, client credentials, the password grant and a second credential need adapter code',
  },
  'auth.accepted': {
    asks: 'The current-user call, or a search where the profile has none.',
    pass: 'a 2xx answer',
    fail: 'the credential is refused',
  },
  'auth.missing-refused': {
    asks: 'The current-user call, or a search where the profile has none, with no credential.',
    pass: 'an answer outside 2xx',
    warn: 'a 2xx with an error inside, which only `success` of the profile tells (adapter code)',
    fail: 'a 2xx answer',
  },
  'auth.refusal-shape': {
    asks: 'The same call with a wrong credential and with none.',
    pass: '401 or 403 for each that is refused',
    warn: 'another status: 400, 500, a redirect to a login page, a 200 with an error inside',
  },
  'auth.tls': {
    asks: 'Nothing is sent: the addresses of the profile are looked at.',
    pass: 'all are https',
    fail: 'one of them is plain http',
    notApplicable: 'the CRM is on this machine',
  },
  'logout.endpoint': {
    asks: "The profile's `unAuthorize`, after everything else. A credential that you handed in is revoked only with `--revoke-shared`.",
    pass: 'a 2xx answer',
    warn: 'a personal credential (an API key, say) that has no revocation by design',
    fail: 'the call is refused, or there is none and the profile says so (`notSupported`)',
  },
  'logout.access-dead': {
    asks: 'The current-user call with the old token, again and again up to `--revoke-wait` (60 s). Where that call lets anybody in, a search.',
    pass: 'refused; the seconds until then are shown',
    fail: 'still answered at the end of the wait',
    notApplicable: 'a personal credential has no revocation by design',
  },
  'logout.refresh-dead': {
    asks: 'A refresh with the old refresh token, again and again up to `--revoke-wait` (60 s); where it rotates, with the newest.',
    pass: 'refused; the seconds until then are shown',
    fail: 'it still buys a new access token at the end of the wait',
    notApplicable: 'there is no refresh token, or no revocation by design',
  },
  'logout.repeatable': {
    asks: "The profile's `unAuthorize` once more, for the same tokens.",
    pass: 'a 2xx answer again',
    warn: 'refused',
    notApplicable:
      "the session's own credential signs the logout (no `auth` of its own): once dead, it is rightly refused",
  },
  'logout.only-this-one': {
    asks: 'A second session, signed in before the logout, makes the current-user call after it; then it is logged out, too.',
    pass: 'answered',
    warn: 'refused: the logout ends every session of the user',
    notApplicable:
      'a sign-in ends the session before it, or gives the same token again; or there is no sign-in',
    inconclusive: 'a person would have to log in for it, and `--authorize-again` was not given',
  },
  'activity.create': {
    asks: '`createCallLog` for the contact that was created with E.164.',
    pass: 'a 2xx answer with the id of the record in its body',
    warn: 'the id stands in a header only (adapter code)',
    fail: 'refused, or no id comes back',
  },
  'activity.read': {
    asks: '`getCallLog` with that id, until the settle time is over.',
    pass: 'the subject and the note that were written are in the answer',
    warn: 'they are, but in other capitals',
    fail: 'one of them is not, or the record cannot be read',
  },
  'activity.linked': {
    asks: 'Looked for in this order: `contactIdPath` of `getCallLog`, the id of the contact anywhere in the raw answer, `listCallLogs`.',
    pass: 'one of them shows the contact',
    fail: 'another contact, or none, is named',
    notDescribed: 'none of the three shows anything',
  },
  'activity.separate': {
    asks: 'A second call for the same contact; then both are read.',
    pass: 'two ids, and both texts are there',
    fail: 'the same id twice, or one of the texts is gone',
  },
  'activity.update': {
    asks: '`updateCallLog` with a new note, then `getCallLog` until the settle time is over.',
    pass: 'the new text is read under the same id',
    fail: 'the update is refused, or answered with success and ignored, or the record is gone',
  },
  'activity.update-keeps': {
    asks: 'Every value of the raw answers before and after the update. Times of change, versions and counters do not count.',
    pass: 'nothing else changed',
    fail: 'another value changed; the first four are named',
  },
  'activity.enrich': {
    asks: 'On a second call: an edit of the note as a user makes it, then the recording link with the final length and result, then an AI note, each as read, compose, write. What was written last is waited for until the settle time is over.',
    pass: 'every part is there at the end, and each label once, as App Connect looks for it',
    fail: 'a part is lost, a label stands there twice or is not found again (escaped, glued to another line), or a step is refused',
  },
  'activity.message': {
    asks: '`createMessageLog`; the text is read back where the profile has `getMessageLog`.',
    pass: 'a 2xx answer with the id of the record in its body, and the text where it can be read',
    warn: 'the id stands in a header only (adapter code)',
    fail: 'refused, no id comes back, or the text is not there',
  },
  'activity.message-update': {
    asks: '`updateMessageLog` with a second message, then the record is read.',
    pass: 'both messages are in one record',
    fail: 'refused, or one of the two is not there',
    notDescribed: 'the message cannot be read back: add `getMessageLog`',
  },
  'activity.direction': {
    asks: 'Three calls: inbound, outbound, and missed (0 seconds, result "Missed"). Compared by `directionPath`, `resultPath` and `durationPath` (or start and end) of `getCallLog`; where these are not mapped, by values of the raw answers that say inbound for the one and outbound for the other, or that say missed.',
    pass: "different values for each; the CRM's own words are right",
    warn: 'two of them look alike, or an outbound or a missed call is refused',
    notDescribed:
      'the profile does not send the direction or the result, or nothing in the answer was taken for it; the key to add is named',
  },
  'activity.time': {
    asks: 'Two calls at the same moment, with seconds, on a day whose day and month could be exchanged: one written in UTC, one with the offset -05:00. Read by `startTimePath`, `durationPath` or `endTimePath`, else from the nearest time in the raw answer. A time without a zone is taken for UTC. Where the template cuts times by position, only UTC is asked: that is what App Connect sends.',
    pass: 'the same instant and the same length; lost milliseconds do not count',
    warn: 'a start that moved (and why, as far as it can be told: local time, the time zone of the user, an exchanged day and month), lost seconds, midnight, an empty date, another length; or such a call is refused',
    notDescribed: 'start or length was not seen; the key to add is named',
  },
  'activity.unicode': {
    asks: 'A call with emoji, a combining mark, right-to-left letters and line breaks in its note, composed in the log format.',
    pass: 'the text came back; a changed kind of line ending, composed accents and a trimmed last line break lose nothing. In HTML: whoever reads it sees the same',
    warn: 'what happened to the text is said; or such a text is refused',
    notDescribed: 'nothing is mapped, and the text is not found in the answer',
  },
  'activity.markup': {
    asks: 'A call with `< > & " \'` in its note; in HTML and Markdown with a recording link and an AI note as well.',
    pass: 'the text came back. In HTML entities in the text are right: what counts is what a reader sees, and that App Connect finds its labels',
    warn: 'what happened to the text is said: escaped, tags removed or rewritten; or such a text is refused',
    notDescribed: 'nothing is mapped, and the text is not found in the answer',
  },
  'activity.long': {
    asks: 'A call record with a text of 20,000 characters, read back. Where it is refused, or comes back empty, at most 12 shorter ones find the limit.',
    pass: 'all of it came back',
    warn: 'cut (after how many characters is said), or refused with a 4xx or kept as nothing (from which length on is said)',
    fail: 'it cannot be read at all',
  },
  'activity.unknown-id': {
    asks: '`getCallLog` with an id that no record has and that looks like a real one: a number stays a number, a UUID a UUID.',
    pass: '404 or 410',
    warn: 'another refusal; or a success with nothing, a list or another record in it, which App Connect takes for the record',
  },
  'activity.lag': {
    asks: 'Nothing more: the seconds from the answer to the creation until subject and note were read.',
    pass: 'always; the seconds are shown',
  },
  'lookup.e164': {
    asks: '`findContact` with the number in E.164, again and again until the settle time is over. Where `%2B` finds nobody, a raw `+` is tried.',
    pass: 'the contact is in the answer; the seconds until then are shown',
    fail: 'it is not, or the search is refused',
  },
  'lookup.any-format': {
    asks: 'One contact for each stored form (E.164, digits with country code, national digits, `(415) 555-0123`, `415-555-0123`, `415.555.0123`, `415 555 0123`, and one with an extension), each with a number of its own; with `--lookup essential` E.164, digits, `(415) 555-0123` and `415-555-0123`. Each is asked for in E.164. What that misses is asked for again when the settle time is over, and only then in the other forms. A form that the CRM refuses to store is left out.',
    pass: 'E.164 finds all of them',
    warn: 'E.164 finds some or none; the row earns the share that is found. The fewest further formats that find the rest are named: up to three and the call pop works with adapter code, else it works with a caution',
    notApplicable: 'the CRM stores E.164 only',
  },
  'lookup.recoverable': {
    asks: 'Nothing more: all choices of the forms that were asked are tried, the small ones first.',
    pass: "always. The formats stand in App Connect's notation, where `#` is a digit of the number without its country code; a number that no form finds is named",
  },
  'lookup.class': {
    asks: 'Nothing more.',
    pass: 'always. *Normalising*: E.164 finds every stored form. *Suffix or substring*: a number is found by a part of it, or by another that ends alike. *Exact*: only by the very text, or the very digits. *Unusable*: by nothing, or everybody by everything',
  },
  'lookup.plus': {
    asks: 'The same search as lookup.e164, and once with a `+` that stands in the URL as it is.',
    pass: '`%2B` finds the contact; whether a raw `+` does too is shown',
    fail: 'only a raw `+` finds it',
    notApplicable: 'the search carries no plus in its URL',
  },
  'lookup.none': {
    asks: '`findContact` with a fictional number that was not given to any contact.',
    pass: '200 with an empty list',
    warn: '204, 404, or another answer that the profile explains by `empty` (adapter code)',
    fail: 'contacts come back, or an error',
  },
  'lookup.not-everybody': {
    asks: 'Five searches: an unknown number, the extension `101`, an empty number (sent as empty), a number with the same last seven digits, and one that is part of a longer one.',
    pass: 'nobody for any of them; a refusal is right too',
    fail: 'somebody comes back. Only the count and the ids enter the report, never who it is',
  },
  'lookup.fields': {
    pass: 'the contact that is found has an id and a name',
    fail: 'one of them is missing',
  },
  'lookup.fields-extra': {
    pass: 'all three came back; the date in a form that App Connect reads (ISO 8601, Unix time, `YYYY-MM-DD HH:mm:ss`, RFC 2822 …)',
    warn: 'one of them is missing, or the date has another form (dates with slashes, say)',
    notDescribed: 'the profile does not map them: `createdDatePath`, `typePath`, `phonePath`',
  },
  'lookup.shared': {
    asks: 'Two new contacts with one number, then a search for it.',
    pass: 'both come back',
    warn: 'one of them, or none',
    notApplicable: 'the CRM refuses a second contact with the same number, or makes one of the two',
  },
  'lookup.other-field': {
    asks: "A contact with two numbers: the profile's `createContact` writes `secondPhoneNumber` into the second phone field. It is looked for by the second, and where that finds nobody by the first.",
    pass: 'found by its second number',
    warn: 'found by its first number only',
    notDescribed: 'the profile does not write `secondPhoneNumber` anywhere',
  },
  'lookup.countries': {
    asks: 'A contact each for Britain, Germany, France, Australia and Sweden (without the own country), its number written as it is there, with the trunk zero; asked for by E.164. Where that finds nobody, a second contact with the number in E.164. Left out by `--lookup essential`.',
    pass: 'all are found',
    warn: 'some are not, or a country is not accepted; each is named',
  },
  'lookup.settle': {
    asks: 'The contact of lookup.e164 is asked for again and again, a quarter of a second after its creation, then with longer pauses.',
    pass: 'found within 10 s; the time is shown, and what to wait',
    warn: 'found later',
  },
  'lookup.speed': {
    asks: 'Nothing more: all searches of the run so far, as this machine saw them.',
    pass: 'always. The median and the slowest are shown',
  },
  'contact.create': {
    asks: '`createContact` with a name and a number in E.164.',
    pass: 'a 2xx answer with the id of the contact in its body',
    warn: 'the id stands in a header only (adapter code)',
    fail: 'refused, or no id comes back',
  },
  'contact.found': {
    asks: 'The same search as lookup.e164.',
    pass: "the profile's own query finds the contact within the settle time",
    fail: 'it does not, or only with a raw `+`',
  },
  'contact.name-kept': {
    asks: 'Contacts named by one word, three words, words in Cyrillic and Chinese, and with an apostrophe, each with a number of its own, read back by `findContact`; where the search shows no name, as the creation answered it. White space does not count, nor how an accent is stored.',
    pass: 'every name came back, and its contact was found',
    warn: 'one was changed (how is said) or refused (the refusal is quoted)',
    inconclusive: 'one was created, and not found again',
  },
  'contact.bad-phone': {
    asks: '`createContact` with the number `not a phone number`; after a 5xx once more, and then a good request.',
    pass: 'a 4xx whose message or field names the number',
    warn: 'accepted (stored as it is, changed, or silently dropped: which is said), refused without a reason, a 5xx that repeats, or a 2xx with an error inside',
  },
  'contact.phone-kept': {
    asks: 'The numbers of the phone matrix, as the search or the creation gives them back.',
    pass: 'always: as written, E.164, digits, split, emptied …',
    notDescribed: 'no number comes back: neither item.phonePath nor `phonePath` of `createContact` is mapped',
  },
  'contact.duplicate': {
    asks: '`createContact` once more, with the name and the number of a contact that is there.',
    pass: 'always: a copy, a conflict (quoted), or the same record, which is a caution for creating contacts',
  },
  'contact.type': {
    asks: '`typePath` of the creation and of the search, and the `type` of its requests.',
    pass: 'always: the types that were seen',
    notDescribed: 'none of them is there',
  },
  'user.name': {
    pass: 'a name that is not empty',
    fail: 'none',
  },
  'user.id': {
    asks: 'The current-user call, twice.',
    pass: 'the same id twice',
    warn: "the id has a hyphen, and a template uses `user.id`: App Connect's proxy mode cuts it there (adapter code)",
    fail: 'no id, or another one',
  },
  'user.validates': {
    asks: 'The current-user call with a wrong credential.',
    pass: 'an answer outside 2xx',
    warn: 'a 2xx with an error inside, which only `success` of the profile tells (adapter code)',
    fail: 'a 2xx answer',
  },
  'user.get-body': {
    asks: 'The current-user call as a GET with the body `{}`; where that is refused, without.',
    pass: 'answered as without a body',
    warn: 'refused: the rest of the check goes on without the body, and every feature needs adapter code',
    notApplicable: 'the current-user call is not a GET',
  },
  'user.timezone': {
    pass: 'always: the zone, and whether the IANA database knows it',
    notDescribed: '`timezoneNamePath` is not mapped',
  },
  'beyond.name-search': {
    asks: '`findContactWithName` with the name of the contact that was created, until the settle time is over.',
    pass: 'always: found or not, and how many others came with it',
  },
  'beyond.user-list': {
    asks: '`getUserList`. Users are counted; their names and addresses stay out of the report.',
    pass: 'always: how many users came back, and how many with an e-mail address',
  },
  'beyond.dispositions': {
    asks: '`upsertCallDisposition` on a call of this run. The fields are those of `testData.dispositions`; any other that the templates name gets a text of the run.',
    pass: 'always: accepted or refused, and which fields of the record changed',
  },
  'beyond.rate-limits': {
    asks: 'Nothing is sent: the headers of all answers of this run are looked at (`RateLimit`, `RateLimit-Policy`, `X-RateLimit-…`, `Retry-After` …). A day of logging is taken to be 100 calls, each with a lookup, a log, and two updates (recording link, AI note) that read the record first.',
    pass: 'always: the headers, and what share of the tightest daily quota 100 calls need, where a header tells how long its limit holds',
  },
};
