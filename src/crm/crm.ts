import type { Session } from '../auth/session.ts';
import { proxyKeyCredential } from '../auth/static.ts';
import { mappedList } from '../operation/mapping.ts';
import { runSequence } from '../operation/run.ts';
import { runSearch } from '../operation/search.ts';
import type { OperationContext, OperationOptions } from '../operation/step.ts';
import { isRefusedAsExpired, mapOutcome, type OperationAnswer, type Outcome } from '../operation/types.ts';
import type { OperationName, ResponseMapping } from '../profile/types.ts';
import { copyIn, isAnother, withoutId } from './another.ts';
import { keyToGoOnWith, shownOfUser } from './current-user.ts';
import { parsePhoneNumber } from './phone.ts';
import { isMarked, type Ownership, type Showing, withholdStrangers, withoutNeighbours } from './privacy.ts';
import { asId, asText, created, foundContact, logRecord, userInfo } from './read-answer.ts';
import type {
  CallLogChange,
  CallLogDraft,
  ContactInfo,
  Created,
  FoundContacts,
  LogRecord,
  Message,
  PhoneQuery,
  RecordId,
  UserCounts,
  UserInfo,
} from './types.ts';
import { callVariables, messageVariables, times } from './variables.ts';

type CreateOperation = 'createContact' | 'createCallLog' | 'createMessageLog';

/** What a logout may take, with its repeats, once the run's own time is up. */
const logoutSeconds = 60;

/** The CRM as the profile describes it, seen through one session: App Connect's operations, typed records out. */
export class Crm {
  readonly context: OperationContext;
  readonly session: Session;
  readonly #own: Ownership;
  /** Set once the CRM has told who is logged in; read by templates as `{{ user.id }}`. */
  readonly #userId: RecordId | null;

  constructor(context: OperationContext, session: Session, own: Ownership, userId: RecordId | null = null) {
    this.context = context;
    this.session = session;
    this.#own = own;
    this.#userId = userId;
  }

  /** The same CRM through another session. */
  through(session: Session): Crm {
    return new Crm(this.context, session, this.#own, this.#userId);
  }

  /** The same CRM, where it is a refusal that is looked for: a redirect to a login page is one. */
  toSeeRefusals(): Crm {
    return new Crm({ ...this.context, expectsRefusal: true }, this.session, this.#own, this.#userId);
  }

  /** The same CRM, now that it is known who is logged in and whether GETs may carry App Connect's empty body. */
  knowing(userId: RecordId | null, emptyBody: boolean): Crm {
    return new Crm({ ...this.context, emptyBody }, this.session, this.#own, userId);
  }

  describes(operation: OperationName): boolean {
    const described = this.context.profile.operations[operation];
    return described !== undefined && described.kind !== 'notSupported';
  }

  /** Whether the CRM has shown a record of the run under this id. */
  hasShown(kind: 'contacts' | 'logs', id: RecordId): boolean {
    return this.#own.seen?.[kind].has(String(id)) ?? false;
  }

  /** Whether a text can only be the run's. */
  readonly isOwnText = (text: string): boolean => isMarked(text, this.#own);

  async getUserInfo(options: OperationOptions = {}): Promise<Outcome<UserInfo>> {
    const { profile } = this.context;
    const outcome = await this.#run('getUserInfo', {}, { ...options, ...shownOfUser(profile) });
    return mapOutcome(outcome, (mapping, answer) => userInfo(profile, mapping, answer));
  }

  /** The same CRM with the key that an answer to getUserInfo gave in place of the typed one, as App Connect goes on. */
  withKeyOf(answer: OperationAnswer): Crm {
    const { profile } = this.context;
    const key = keyToGoOnWith(profile, answer);
    return key === null ? this : this.through(this.session.beside(proxyKeyCredential(profile, key)));
  }

  /** Every request of the search, merged. Records that this run did not create never enter the evidence. */
  async findContact(query: PhoneQuery): Promise<Outcome<FoundContacts>> {
    const { region } = this.context.profile;
    const variables = {
      phoneNumber: query.text,
      parsedPhoneNumber: parsePhoneNumber(query.e164, region),
      overridingFormat: '',
      isExtension: query.isExtension ? 'true' : 'false',
    };
    return this.#search('findContact', variables, (url) =>
      query.rawPlus ? withRawPlus(url, query.text) : url,
    );
  }

  /** The same by name, as a user types it who does not know the number. */
  async findContactWithName(name: string): Promise<Outcome<FoundContacts>> {
    return this.#search('findContactWithName', { name }, (url) => url);
  }

  async createContact(contact: {
    name: string;
    phoneNumber: string;
    secondPhoneNumber?: string;
    type?: string;
  }): Promise<Outcome<Created>> {
    const outcome = await this.#create('createContact', {
      phoneNumber: contact.phoneNumber,
      secondPhoneNumber: contact.secondPhoneNumber ?? null,
      newContactName: contact.name,
      newContactType: contact.type ?? '',
    });
    return mapOutcome(outcome, (made, answer) =>
      isAnother(made, contact.name, answer, this.isOwnText) ? withoutId(made) : made,
    );
  }

  async createCallLog(draft: CallLogDraft): Promise<Outcome<Created>> {
    this.#writes(draft.subject, draft.note, draft.details);
    return this.#create('createCallLog', {
      contactInfo: draft.contact,
      callLog: callVariables(draft.call),
      subject: draft.subject,
      note: draft.note,
      ...times(draft.call),
      composedLogDetails: draft.details,
      aiNote: '',
      transcript: '',
      additionalSubmission: {},
    });
  }

  async getCallLog(id: RecordId, contactId: RecordId | null): Promise<Outcome<LogRecord>> {
    return this.#read('getCallLog', id, contactId);
  }

  /** @returns `copy`: the id of a new call, where the CRM made one and left the one that was named */
  async updateCallLog(id: RecordId, change: CallLogChange): Promise<Outcome<{ copy: RecordId | null }>> {
    this.#writes(change.subject, change.note, change.details);
    const outcome = await this.#write('updateCallLog', {
      thirdPartyLogId: String(id),
      contactId: change.contactId,
      subject: change.subject,
      note: change.note,
      ...times(change.call),
      duration: change.call.durationSeconds,
      result: change.call.result,
      recordingLink: change.recordingLink ?? '',
      aiNote: change.aiNote ?? '',
      transcript: '',
      composedLogDetails: change.details,
      existingCallLogDetails: change.existing,
      additionalSubmission: {},
    });
    const updated = mapOutcome(outcome, (_mapping, answer) => ({
      copy: copyIn(this.context.profile, answer, id, this.isOwnText),
    }));
    if (updated.kind !== 'ok' || updated.value.copy === null) return updated;
    // Where the answer is laid out in another way, the path to the id of a new call may lead to any other.
    const { copy } = updated.value;
    const read = await this.getCallLog(copy, change.contactId);
    if (read.kind !== 'ok' || !this.isOwnText(JSON.stringify(read.value.raw) ?? ''))
      return { ...updated, value: { copy: null } };
    this.#own.copied?.(copy, change);
    return updated;
  }

  async createMessageLog(contact: ContactInfo, message: Message): Promise<Outcome<Created>> {
    this.#writes(message.text);
    return this.#create('createMessageLog', messageVariables(contact, message));
  }

  async getMessageLog(id: RecordId, contactId: RecordId): Promise<Outcome<LogRecord>> {
    return this.#read('getMessageLog', id, contactId);
  }

  async updateMessageLog(
    id: RecordId,
    contact: ContactInfo,
    message: Message,
    existing: string,
  ): Promise<Outcome<null>> {
    this.#writes(message.text);
    const outcome = await this.#write('updateMessageLog', {
      thirdPartyLogId: String(id),
      existingMessageLog: existing,
      ...messageVariables(contact, message),
    });
    return mapOutcome(outcome, () => null);
  }

  /** Ids of the activities that the CRM shows for a contact. */
  async listCallLogs(contactId: RecordId): Promise<Outcome<RecordId[]>> {
    const outcome = await this.#run('listCallLogs', { contactId }, { withhold: this.#withholdAll() });
    if (outcome.kind !== 'ok') return outcome;
    const { item } = outcome.value;
    const source = { responseMapping: { ...outcome.value, item: { idPath: 'id', ...item } } };
    const list = mappedList(this.context.profile, 'listCallLogs', source, outcome.answer);
    return mapOutcome(list, (items) => items.flatMap(({ id }) => asId(id) ?? []));
  }

  /** Answers only whether it was accepted. @param dispositions by the names of the fields that the profile reads */
  async upsertCallDisposition(id: RecordId, dispositions: Record<string, unknown>): Promise<Outcome<null>> {
    const variables = { thirdPartyLogId: String(id), dispositions };
    return mapOutcome(await this.#write('upsertCallDisposition', variables), () => null);
  }

  /** How many users there are, and with an e-mail address: who they are is nobody's business. */
  async getUserList(): Promise<Outcome<UserCounts>> {
    const outcome = await this.#run('getUserList', {}, { withhold: this.#withholdAll() });
    if (outcome.kind !== 'ok') return outcome;
    const { profile } = this.context;
    const list = mappedList(profile, 'getUserList', { responseMapping: outcome.value }, outcome.answer);
    return mapOutcome(list, (users) => ({
      users: users.length,
      withEmail: users.filter(({ email }) => asText(email)?.includes('@')).length,
    }));
  }

  async unAuthorize(): Promise<Outcome<null>> {
    return mapOutcome(await this.#run('unAuthorize', {}), () => null);
  }

  /** The same, whatever the budget and the deadline say: no session of ours stays open for want of either. */
  endSession(): Promise<Outcome<null>> {
    return this.context.transport.cleanUp(logoutSeconds, () => this.unAuthorize());
  }

  async remove(
    operation: 'deleteContact' | 'deleteCallLog' | 'deleteMessageLog',
    id: RecordId,
    contactId: RecordId | null,
  ): Promise<Outcome<null>> {
    const variables =
      operation === 'deleteContact' ? { contactId: id } : { thirdPartyLogId: String(id), contactId };
    return mapOutcome(await this.#write(operation, variables), () => null);
  }

  /** What comes back of it is the run's own, though the CRM cut it. */
  #writes(...texts: string[]): void {
    for (const text of texts) this.#own.written?.texts.add(text);
  }

  async #create(operation: CreateOperation, variables: Record<string, unknown>): Promise<Outcome<Created>> {
    const outcome = await this.#write(operation, variables);
    return mapOutcome(outcome, (mapping, answer) =>
      created(this.context.profile, operation, mapping, answer),
    );
  }

  async #search(
    operation: 'findContact' | 'findContactWithName',
    variables: Record<string, unknown>,
    rewrite: (url: string) => string,
  ): Promise<Outcome<FoundContacts>> {
    const options = { withhold: this.#withhold('search'), rewrite };
    const outcome = await this.#signed((session) =>
      runSearch(this.#asking, operation, session, { ...variables, ...this.#user(session) }, options),
    );
    return mapOutcome(outcome, ({ items, answers }) => {
      const contacts = items.map(foundContact);
      for (const { id, name } of contacts)
        if (id !== null && name !== null && this.isOwnText(name)) this.#own.seen?.contacts.add(String(id));
      return { contacts, statuses: answers.map(({ status }) => status) };
    });
  }

  async #read(
    operation: 'getCallLog' | 'getMessageLog',
    id: RecordId,
    contactId: RecordId | null,
  ): Promise<Outcome<LogRecord>> {
    const outcome = await this.#run(
      operation,
      { thirdPartyLogId: String(id), contactId },
      { withhold: this.#withhold('read') },
    );
    return mapOutcome(outcome, (mapping, answer) => {
      const raw = withoutNeighbours(answer.body, this.#own);
      if (this.isOwnText(JSON.stringify(raw) ?? '')) this.#own.seen?.logs.add(String(id));
      return { ...logRecord(this.context.profile, operation, mapping, answer), raw };
    });
  }

  #write(operation: OperationName, variables: Record<string, unknown>): Promise<Outcome<ResponseMapping>> {
    return this.#run(operation, variables, { withhold: this.#withhold('write') });
  }

  /** Nothing in the answer is a contact of the run: the ids of its contacts prove nothing. */
  #withholdAll(): NonNullable<OperationOptions['withhold']> {
    return (body, status) => withholdStrangers(body, { ...this.#own, ids: new Set() }, 'search', status);
  }

  #withhold(showing: Showing): NonNullable<OperationOptions['withhold']> {
    return (body, status) => withholdStrangers(body, this.#own, showing, status);
  }

  #run(
    operation: OperationName,
    variables: Record<string, unknown>,
    options: OperationOptions = {},
  ): Promise<Outcome<ResponseMapping>> {
    return this.#signed((session) =>
      runSequence(this.#asking, operation, session, { ...variables, ...this.#user(session) }, options),
    );
  }

  /** Asks with a session that is good now. A token that expired while the request waited for its turn is replaced. */
  async #signed<T>(ask: (session: Session) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const outcome = await ask(await this.session.fresh());
    if (!isRefusedAsExpired(outcome)) return outcome;
    const next = await this.session.fresh();
    return next.ended() === null ? ask(next) : outcome;
  }

  get #asking(): OperationContext {
    return { expectsRefusal: this.session.state !== 'good', ...this.context };
  }

  #user({ variables: { user } }: Session): Record<string, unknown> {
    return { user: { ...(typeof user === 'object' && user), id: this.#userId } };
  }
}

/** The `+` of this number as it stands; other percent-encoding stays. */
function withRawPlus(url: string, text: string): string {
  const encoded = encodeURIComponent(text);
  return url.replaceAll(encoded, encoded.replaceAll('%2B', '+'));
}
