import { parseJson } from '../http/read-answer.ts';
import { readBody } from '../operation/answer.ts';
import type { OperationOptions } from '../operation/step.ts';
import type { AnswerView, OperationAnswer } from '../operation/types.ts';
import type { Profile, ResponseMapping } from '../profile/types.ts';
import { maskedXml } from './masked-xml.ts';
import { withholdOtherUsers } from './other-users.ts';
import { overridingApiKey, userInfo } from './read-answer.ts';

/** What the evidence shows of the answer to "who is logged in": the user, without others and without a key. */
export function shownOfUser(profile: Profile): Pick<OperationOptions, 'withhold' | 'secretsIn'> {
  const mapping = mappingOf(profile);
  if (mapping === null) return {};
  return {
    withhold(body, status) {
      // Who is logged in is told by the report; who else has an account is nobody's business.
      const read = (document: unknown) => {
        const { id, name } = userInfo(profile, mapping, asAnswer({ status, headers: {}, body: document }));
        return withholdOtherUsers(document, { id, name });
      };
      return typeof body === 'string' ? (maskedXml(body, read) ?? body) : read(body);
    },
    secretsIn({ status, headers, text }) {
      const body = readBody({ json: parseJson(text), headers, text });
      const key = overridingApiKey(profile, mapping, asAnswer({ status, headers, body }));
      return key === null ? [] : [key];
    },
  };
}

/** The key that App Connect goes on with in place of the typed one; null: the answer gives none. */
export function keyToGoOnWith(profile: Profile, answer: OperationAnswer): string | null {
  const mapping = mappingOf(profile);
  const takes = profile.language === 'proxyConfig' && profile.auth.type === 'apiKey' && mapping !== null;
  return takes ? overridingApiKey(profile, mapping, answer) : null;
}

function mappingOf({ operations: { getUserInfo } }: Profile): ResponseMapping | null {
  return getUserInfo?.kind === 'sequence' ? getUserInfo.responseMapping : null;
}

function asAnswer(view: Omit<AnswerView, 'captures'>): OperationAnswer {
  return { ...view, captures: {}, exchange: 0, unmasked: false };
}
