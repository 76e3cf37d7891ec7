import type { HttpAnswer, Redaction } from '../../http/types.ts';
import { pageText, shortened } from '../../operation/answer.ts';
import type { LoginPage } from '../../profile/types.ts';
import { describeForms, fillForm } from './filled-form.ts';
import { formsIn } from './forms.ts';
import type { Landing, Visit } from './visitor.ts';

/** The pages of the profile led nowhere. */
export interface Stuck {
  kind: 'stuck';
  /** The last page that came. */
  answer: HttpAnswer;
  problem: string;
}

/**
 * Fills in the login pages that a profile describes, one after the other, until a redirect points at the redirect URI.
 * @param first the page that answered the authorization request
 * @throws {HttpTrouble} when no answer came
 */
export async function fillPages(
  visit: Visit,
  pages: readonly LoginPage[],
  first: HttpAnswer,
  redaction: Redaction,
): Promise<Exclude<Landing, { kind: 'answer' }> | Stuck> {
  let answer = first;
  for (const [index, page] of pages.entries()) {
    const submission = fillForm(await formsIn(answer.text, answer.url), page);
    if ('problem' in submission) {
      if (page.optional) continue;
      return stuck(answer, `login page ${index + 1} of the profile: ${submission.problem}`, redaction);
    }
    for (const secret of submission.secrets) redaction.add(secret);
    const { method, url, body } = submission;
    const landing = await visit({
      method,
      url,
      ...(body !== undefined && { body }),
      from: answer.url,
      confidential: Object.keys(page.fill).length > 0,
    });
    if (landing.kind !== 'answer') return landing;
    answer = landing.answer;
  }
  const forms = describeForms(await formsIn(answer.text, answer.url));
  return stuck(
    answer,
    `after the last of the ${pages.length} login pages of the profile came another page instead of the redirect: ${forms}`,
    redaction,
  );
}

function stuck(answer: HttpAnswer, problem: string, redaction: Redaction): Stuck {
  const status = answer.status === 200 ? '' : ` (HTTP ${answer.status})`;
  const text = shortened(pageText(answer.text, redaction), redaction, 160);
  return {
    kind: 'stuck',
    answer,
    problem: `${redaction.text(problem)}${status}${text === '' ? '' : `. The page says: ${text}`}`,
  };
}
