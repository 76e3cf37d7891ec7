import { describe, expect, it } from 'vitest';
import { nameChange } from '../../src/checks/contact-create/name-change.ts';
import { saysWhatIsWrong } from '../../src/checks/contact-create/says-what.ts';

describe('a name that comes back', () => {
  it.each([
    ['with other white space', 'Ada  Ruth Byron', ' Ada Ruth\nByron '],
    ['with its accents stored in another way', 'Zoë', 'Zoe\u0308'],
    ['in one piece, after first and last name were kept apart', 'Ada Byron', 'Ada Byron'],
  ])('%s is the same name', (_, written, read) => {
    expect(nameChange(written, read)).toBeNull();
  });

  it.each([
    ['Ada Ruth Byron', 'Ada', 'cut to the first word'],
    ['Ada Ruth Byron', 'Byron', 'cut to the last word'],
    ['Ada Byron', 'Byron Ada', 'its words were put in another order'],
    ['Ada Byron', 'ADA BYRON', 'the text became upper case'],
    ['Проверка 测试', '???????? ??', 'letters that are not Latin, such as `П`, became `?`'],
    ["Ada O'Byron", 'Ada O&#039;Byron', "`'` became `&#039;`"],
    ['Ada', '', 'the text came back empty'],
  ])('%s as "%s" was changed', (written, read, how) => {
    expect(nameChange(written, read)).toBe(how);
  });
});

describe('a refusal of a number', () => {
  const sent = { name: 'crm-ready 0a1b2c3d nonsense', phoneNumber: 'crm-ready nonsense' };

  it.each([
    ['by its message', 'phone is not a phone number', null],
    ['by the field that it names', 'validation failed', { errors: [{ field: 'mobilePhone' }] }],
    [
      'by the field, beside the value that was sent',
      'validation failed',
      { errors: [{ field: 'phone', value: sent.phoneNumber, message: 'invalid' }] },
    ],
    ['by a key', 'validation failed', { errors: { number: [`${sent.phoneNumber} is invalid`] } }],
    ['of a number alone', 'Please enter a valid number.', { message: 'Please enter a valid number.' }],
    ['in another language', 'Die Telefonnummer ist ungültig', null],
  ])('says what is wrong %s', (_, message, body) => {
    expect(saysWhatIsWrong(message, body, sent)).toBe(true);
  });

  const contact = { firstName: 'crm-ready', lastName: '0a1b2c3d nonsense', phones: [{ kind: 'mobile' }] };

  it.each([
    ['a word', 'bad_request', { error: 'bad_request' }],
    ['nothing', '', ''],
    ['a page with the phone number of the vendor', 'Error', '<p>Phone us: 555-0100</p>'],
    ['another number', 'Maximum number of contacts', { message: 'Maximum number of contacts' }],
    ['the number that was sent', 'refused', { error: 'refused', phone: sent.phoneNumber, mobile: null }],
    ['the contact that was sent', 'owner is required', { error: 'owner is required', submitted: contact }],
    ['that contact and no word', JSON.stringify({ submitted: contact }), { submitted: contact }],
  ])('that holds only %s does not', (_, message, body) => {
    expect(saysWhatIsWrong(message, body, sent)).toBe(false);
  });
});
