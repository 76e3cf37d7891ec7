/** Words for a phone number in the messages of CRMs, and in the names of their fields. */
const phoneNumber = /phone|telef|t[eé]l[eé]ph|mobile|\bnumber|nummer|n[uú]m[eé]ro|digits|e\.?164|电话|電話/i;

/**
 * Whether a refusal says that it is the phone number that is wrong: in its message, or by naming the field.
 * @param body of the answer, as parsed; the text of a page may speak of anything
 */
export function saysWhatIsWrong(message: string, body: unknown): boolean {
  return phoneNumber.test(message) || (typeof body === 'object' && phoneNumber.test(JSON.stringify(body)));
}
