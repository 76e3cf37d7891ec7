/** One way of being wrong that the reference CRM can be told to have. Everything else goes on behaving well. */
export interface Fault {
  name: string;
  /** What the CRM then does, in a plain sentence. */
  does: string;
  /** Requirement ids that must not pass on such a CRM. */
  notices: readonly string[];
  /** Those of them that are judged, and not met; of the others there is no answer to judge. */
  fails: readonly string[];
}

type Entry = readonly [does: string, ...notices: string[]];

const signIn = {
  'user-ok-for-wrong-token': [
    'The current-user call answers a wrong credential with 200 and {"user": null}.',
    'user.validates',
  ],
  'user-ok-for-wrong-token-full': [
    'The current-user call answers a wrong credential with 200 and a real user.',
    'user.validates',
  ],
  'user-ok-without-credential': ['A request without any credential is let in.', 'auth.missing-refused'],
  'refuses-with-400': ['A missing or wrong credential is answered with 400.', 'auth.refusal-shape'],
  'refuses-with-302-to-html': [
    'A missing or wrong credential is redirected to an HTML login page.',
    'auth.refusal-shape',
    'user.validates',
  ],
  'refuses-get-body': ['A GET that carries a body is answered with 400.', 'user.get-body'],
  'user-without-name': ['The current-user call leaves out the name.', 'user.name'],
  'user-id-changes': ['The current-user call answers another id each time.', 'user.id'],
  // Shown by a report, and not judged.
  'users-without-email': ['The list of users has no e-mail addresses.'],
  'bearer-refused': [
    'The credential is accepted after the word Token only, not after Bearer.',
    'oauth.bearer',
    'auth.accepted',
  ],
} as const satisfies Record<string, Entry>;

const oauth = {
  'authorize-refuses-redirect-uri': [
    "App Connect's redirect URI is not registered for the client.",
    'oauth.authorize',
  ],
  'redirect-uri-unchecked': [
    'The authorization endpoint redirects to any redirect URI.',
    'oauth.redirect-uri-checked',
  ],
  'state-dropped': ['The redirect back carries no state.', 'oauth.state'],
  'state-changed': ['The redirect back carries the state in upper case.', 'oauth.state'],
  'pkce-demanded': ['An authorization request without PKCE is refused.', 'oauth.code-exchange'],
  'pkce-verifier-unchecked': ['The token endpoint takes any code verifier.', 'oauth.pkce'],
  'secret-only-in-body': [
    'The client secret is read from the form body only, not from HTTP Basic.',
    'oauth.code-exchange',
    'oauth.refresh',
  ],
  'secret-only-in-query': [
    'The client secret is read from the query string only, not from HTTP Basic.',
    'oauth.code-exchange',
    'oauth.refresh',
  ],
  'metadata-disagrees': [
    'The published metadata names another token endpoint than the one in use.',
    'oauth.metadata',
  ],
  'code-works-twice': ['A code can be exchanged again and again.', 'oauth.code-single-use'],
  'token-without-expires-in': ['The code exchange answers without expires_in.', 'oauth.token-response'],
  'token-without-token-type': ['The code exchange answers without token_type.', 'oauth.token-response'],
  'token-too-long': ['Access tokens are 2,100 characters long.', 'oauth.token-response', 'oauth.refresh'],
  'token-error-with-200': [
    'The token endpoint refuses with 200 and {"error": …}.',
    'oauth.bad-client-refused',
  ],
  'wrong-secret-accepted': ['Any client secret is accepted.', 'oauth.bad-client-refused'],
  'refresh-refused': ['A refresh token is always refused.', 'oauth.refresh'],
  'refresh-without-expires-in': ['A refresh answers without expires_in.', 'oauth.refresh'],
  'refresh-gives-dead-token': ['A refresh answers an access token that does not work.', 'oauth.refresh'],
  'short-lived-tokens': ['Access tokens live for 60 seconds.', 'oauth.refresh'],
  'logout-does-nothing': [
    'The revocation answers 200 and revokes nothing.',
    'logout.access-dead',
    'logout.refresh-dead',
  ],
  'logout-refused': ['The revocation is answered with 401.', 'logout.endpoint'],
  'logout-missing': ['There is no revocation endpoint.', 'logout.endpoint'],
  'logout-keeps-access': ['Only the refresh token is revoked.', 'logout.access-dead'],
  'logout-keeps-refresh': ['Only the access token is revoked.', 'logout.refresh-dead'],
  'logout-repeated-refused': [
    'A token that is not known, or no longer, cannot be revoked: 400.',
    'logout.repeatable',
  ],
  'logout-ends-every-session': ['The revocation kills every session of the user.', 'logout.only-this-one'],
} as const satisfies Record<string, Entry>;

const contacts = {
  'contact-without-id': ['A contact is created, but the answer has no id.', 'contact.create'],
  'contact-not-saved': [
    'A created contact gets an id and is then forgotten.',
    'contact.found',
    'lookup.e164',
  ],
  'contact-phone-dropped': [
    'A created contact is saved without its phone number.',
    'contact.found',
    'lookup.e164',
  ],
  'contact-name-cut': ['Only the first word of a contact name is kept.', 'contact.name-kept'],
  'contact-bad-phone-accepted': ['Any text is taken for a phone number.', 'contact.bad-phone'],
  'search-exact': ['The search compares the text as it was typed.', 'lookup.any-format', 'lookup.countries'],
  'contact-bad-phone-dropped': [
    'A phone number that is none is dropped without a word.',
    'contact.bad-phone',
  ],
  'contact-bad-phone-500': ['A phone number that is none is answered with 500.', 'contact.bad-phone'],
  'contact-bad-phone-unsaid': [
    'A phone number that is none is refused with {"error": "bad_request"} and not a word more.',
    'contact.bad-phone',
  ],
  'contact-bad-phone-echoed': [
    'A phone number that is none is refused with {"error": "bad_request"} and the contact that was sent.',
    'contact.bad-phone',
  ],
  'contact-bad-phone-403': [
    'A phone number that is none is refused with 403, as if it were a matter of permission.',
    'contact.bad-phone',
  ],
  'search-digits-substring': [
    'The search also finds numbers that merely contain the digits.',
    'lookup.not-everybody',
  ],
  'search-last-seven-digits': [
    'The search also finds numbers that end in the same seven digits.',
    'lookup.not-everybody',
  ],
  'search-needs-significant': [
    'Only the ten national digits find anybody; E.164 finds nobody.',
    'lookup.e164',
    'lookup.any-format',
    'contact.found',
  ],
  'search-ignores-parameter': [
    'The search returns everybody, whatever is asked.',
    'lookup.none',
    'lookup.not-everybody',
  ],
  'search-everybody-for-unknown': [
    'The search returns everybody where it finds nobody.',
    'lookup.none',
    'lookup.not-everybody',
  ],
  'search-everybody-for-extension': [
    'The search returns everybody for an extension.',
    'lookup.not-everybody',
  ],
  'search-everybody-for-empty': ['The search returns everybody for an empty number.', 'lookup.not-everybody'],
  'search-misreads-encoded-plus': [
    'The search does not decode %2B: only a raw + finds anybody.',
    'lookup.plus',
    'contact.found',
  ],
  'search-404-for-none': ['The search answers 404 where it finds nobody.', 'lookup.none'],
  'search-500-for-none': ['The search answers 500 where it finds nobody.', 'lookup.none'],
  'search-error-with-200-for-none': [
    'The search answers 200 and {"error": …} where it finds nobody.',
    'lookup.none',
  ],
  'search-without-name': ['The contacts found have no name.', 'lookup.fields'],
  'search-without-id': ['The contacts found have no id.', 'lookup.fields'],
  'search-without-extras': ['The contacts found have no type, phone or created date.', 'lookup.fields-extra'],
  'search-dates-with-slashes': [
    'The created date of a contact found is written 09/02/2024.',
    'lookup.fields-extra',
  ],
  'search-first-only': ['The search returns one contact at most.', 'lookup.shared'],
  'search-skips-mobile': ['The search does not look at mobile numbers.', 'lookup.other-field'],
  'search-own-country-only': ['The search finds no numbers of other countries.', 'lookup.countries'],
  'search-lags': ['The search finds a contact 13 seconds after it was created.', 'lookup.settle'],
  'search-never-indexed': [
    'The search never finds contacts that were created lately.',
    'lookup.e164',
    'lookup.any-format',
    'contact.found',
  ],
} as const satisfies Record<string, Entry>;

const logs = {
  'call-without-id': ['A call is created, but the answer has no id.', 'activity.create'],
  'call-read-404': ['Reading a call is answered with 404.', 'activity.read'],
  'call-drops-body-on-create': ['A call is created without its body.', 'activity.read'],
  'call-not-linked': ['A call is created, but belongs to nobody.', 'activity.linked'],
  'call-linked-to-somebody-else': ['A call is linked to another contact.', 'activity.linked'],
  'calls-share-an-id': ['The second call of a contact overwrites the first.', 'activity.separate'],
  'call-direction-lost': ['Every call is recorded as inbound.', 'activity.direction'],
  'call-offset-ignored': [
    'The offset of a time is dropped: the time of day is kept as UTC.',
    'activity.time',
  ],
  'missed-call-refused': ['A call that ends when it begins is answered with 422.', 'activity.direction'],
  'missed-call-looks-answered': [
    'Every call is recorded as connected, and as a minute long at least.',
    'activity.direction',
    'activity.time',
  ],
  'call-seconds-lost': ['The seconds of a time are dropped.', 'activity.time'],
  'call-times-empty': ['The times of a call are accepted and not kept.', 'activity.time'],
  'unknown-call-empty': [
    'A call that does not exist is answered with 200 and {"activity": null}.',
    'activity.unknown-id',
  ],
  'unknown-call-list': [
    'A call that does not exist is answered with 200 and a list of all calls.',
    'activity.unknown-id',
  ],
  'unknown-call-another': [
    'A call that does not exist is answered with 200 and another call.',
    'activity.unknown-id',
  ],
  'unknown-call-400': ['A call that does not exist is answered with 400.', 'activity.unknown-id'],
  'update-ignored': [
    'An update answers 200 and the new text, and saves nothing.',
    'activity.update',
    'activity.enrich',
  ],
  'update-makes-a-copy': [
    'An update answers 200 and saves the new text under a new id.',
    'activity.update',
    'activity.enrich',
  ],
  'update-refused': ['An update is answered with 405.', 'activity.update', 'activity.enrich'],
  'update-drops-unnamed': ['An update empties the fields that it does not name.', 'activity.update-keeps'],
  'error-500-on-update': [
    'An update is answered with 500.',
    'activity.update',
    'activity.update-keeps',
    'activity.enrich',
  ],
  'line-breaks-lost': ['Line breaks in a call body become spaces.', 'activity.enrich', 'activity.unicode'],
  'emoji-lost': ['Characters beyond the basic plane become question marks.', 'activity.unicode'],
  'markup-escaped': ['The characters < > & and quotes come back as HTML entities.', 'activity.markup'],
  'text-in-capitals': ['The body of a call is kept in capitals.', 'activity.read', 'activity.enrich'],
  'text-trimmed': ['Line breaks at the end of a call body are dropped.', 'activity.enrich'],
  'long-text-emptied': [
    'A call body of more than 2,000 characters is accepted and kept as nothing.',
    'activity.long',
  ],
  'text-cut-at-255': ['A call body is silently cut after 255 characters.', 'activity.long'],
  'long-text-refused': ['A call body of more than 2,000 characters is answered with 413.', 'activity.long'],
  'message-without-id': ['A message is created, but the answer has no id.', 'activity.message'],
  'message-refused': ['Creating a message is answered with 501.', 'activity.message'],
  'second-message-replaces-first': [
    'The second message of a conversation replaces the first.',
    'activity.message-update',
  ],
  'second-message-ignored': [
    'The second message of a conversation is answered with 200 and not saved.',
    'activity.message-update',
  ],
  // What is waited for is no fault either: activity.lag tells how long it took.
  'call-read-lags': ['A call can be read a quarter of a second after it was created, and not before.'],
  // Shown by a report, and not judged.
  'disposition-ignored': ['A disposition is answered with 200 and not saved.'],
  // A limit that is told properly is no fault of the CRM: everything must still pass, after a repeat.
  'rate-limited': ['Every fifth read is answered with 429 and Retry-After: 0.'],
} as const satisfies Record<string, Entry>;

/** No answer to judge: these are not measured, which is no pass either. */
const unanswered: Readonly<Record<string, readonly string[]>> = {
  'search-never-indexed': ['lookup.any-format'],
  'error-500-on-update': ['activity.update', 'activity.update-keeps', 'activity.enrich'],
  'message-refused': ['activity.message'],
};

const table = { ...signIn, ...oauth, ...contacts, ...logs };

export type FaultName = keyof typeof table;

/** Every fault of the reference CRM: name, what it does, which requirements must notice. */
export const faults: readonly Fault[] = Object.entries<Entry>(table).map(([name, [does, ...notices]]) => ({
  name,
  does,
  notices,
  fails: notices.filter((id) => !unanswered[name]?.includes(id)),
}));

/** Whether the CRM that asks has this fault. */
export type FaultSwitch = (name: FaultName) => boolean;

/**
 * The switch for a choice of faults.
 * @throws {UnknownFaultError} when a name is not in the table
 */
export function chooseFaults(names: readonly string[]): FaultSwitch {
  for (const name of names) if (!Object.hasOwn(table, name)) throw new UnknownFaultError(name);
  const chosen = new Set(names);
  return (name) => chosen.has(name);
}

class UnknownFaultError extends Error {
  override name = 'UnknownFaultError';

  constructor(given: string) {
    const near = nearestName(given);
    super(
      [
        `The reference CRM has no fault "${given}".${near ? ` Did you mean "${near}"?` : ''}`,
        'Choose from:',
        ...faults.map(({ name, does }) => `  ${name.padEnd(32)}${does}`),
      ].join('\n'),
    );
  }
}

/** The fault whose words are most alike (shared pairs of letters, Dice); null when nothing is near. */
function nearestName(given: string): string | null {
  const wanted = pairsOf(given.toLowerCase());
  const ranked = faults
    .map(({ name }) => ({ name, likeness: likeness(wanted, pairsOf(name)) }))
    .sort((a, b) => b.likeness - a.likeness);
  const best = ranked[0];
  return best && best.likeness > 0.4 ? best.name : null;
}

function pairsOf(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(text.length - 1, 0) }, (_, at) => text.slice(at, at + 2)));
}

function likeness(a: Set<string>, b: Set<string>): number {
  const shared = [...a].filter((pair) => b.has(pair)).length;
  return (2 * shared) / (a.size + b.size || 1);
}
