import { idToShow } from './masked.ts';
import { idOf, isRecord, isRecordOfPerson } from './records.ts';

const saysWhy = /^(messages?|msg|details?|reason|error_?(message|description)?|fault_?string)$/i;
/** Of an error, where a message stands beside it or where it has no id: of a record it is the name. */
const saysWhat = /^(title|description|text|code|error_?code|fault_?code)$/i;
/** Beside a message, what is under such a key may be what the message is about. */
const field =
  /^(field|param|property|attribute|column|path|pointer|source|location|key|api|resource|object)(_?(name|label))?$/i;

/** An entry of an error that says what is wrong with which field: `{"name": "phone", "message": "is not valid"}`. */
export function isRefusal(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const texts = Object.entries(value).filter(([, text]) => typeof text === 'string');
  const hasId = idOf(value) !== null;
  if (!texts.some(([key]) => saysWhy.test(key) || (!hasId && saysWhat.test(key)))) return false;
  // Who has an id and a name is somebody.
  if (hasId && isRecordOfPerson(withoutFields(value))) return false;
  return texts.every(
    ([key, text]) => saysWhy.test(key) || saysWhat.test(key) || field.test(key) || isWord(String(text)),
  );
}

/** Somebody who is named in the refusal itself, not in a part of it, with what the refusal says. */
export function withMessages(masked: unknown, value: Record<string, unknown>): unknown {
  if (!isRecord(masked)) return masked;
  const said = Object.entries(value).filter(([key, text]) => saysWhy.test(key) && typeof text === 'string');
  return { ...masked, ...Object.fromEntries(said) };
}

function withoutFields(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !field.test(key)));
}

/** A name of something, not of a person: no blanks, and no phone number. */
function isWord(text: string): boolean {
  return text === '' || (idToShow(text) === text && text.replace(/\D/g, '').length < 7);
}
