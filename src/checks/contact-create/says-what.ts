/** Words for a phone number in the messages of CRMs, and in the names of their fields. */
const phoneNumber =
  /phone|telef|t[eé]l[eé]ph|mobile|nummer|n[uú]m[eé]ro|digits|\be\.?164\b|电话|電話|^number$/i;
/** There are other numbers: of contacts that a plan allows, say. */
const wrongNumber =
  /(valid|wrong|correct|malformed).*\bnumber|\bnumber.*(valid|wrong|correct|malformed|format)/i;

/**
 * Whether a refusal says that it is the phone number that is wrong: in its message, or by naming the field. What the
 * refusal only repeats of the contact that was sent says nothing.
 * @param body of the answer, as parsed; the text of a page may speak of anything
 */
export function saysWhatIsWrong(
  message: string,
  body: unknown,
  sent: { name: string; phoneNumber: string },
): boolean {
  const texts = typeof body === 'object' && body !== null ? said(body, sent) : [message];
  return texts.some((text) => phoneNumber.test(text) || wrongNumber.test(text));
}

/** Texts and keys of an answer; not those of the contact itself, and no key whose value came from it or is empty. */
function said(value: unknown, sent: { name: string; phoneNumber: string }): string[] {
  if (typeof value === 'object' && value !== null) {
    if (!Array.isArray(value) && Object.values(value).some((inner) => isName(inner, sent.name))) return [];
    return Object.entries(value).flatMap(([key, inner]) => {
      const texts = said(inner, sent);
      return texts.length > 0 ? [key, ...texts] : [];
    });
  }
  const text = value === null || value === false ? '' : String(value).trim();
  return text === '' || text === sent.phoneNumber ? [] : [text];
}

/** The name that was sent, or its first or last part. */
function isName(value: unknown, name: string): boolean {
  return typeof value === 'string' && value.length > 4 && name.includes(value.trim());
}
