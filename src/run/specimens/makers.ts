import { callMakers } from './calls.ts';
import { pairMakers } from './contact-pairs.ts';
import { contactMakers } from './contacts.ts';
import { dispositionMakers } from './disposition.ts';
import type { Makers } from './kit.ts';
import { lookupMakers } from './lookups.ts';
import { messageMakers } from './messages.ts';
import { matrixMakers } from './phone-matrix.ts';
import { probeCallMakers } from './probe-calls.ts';
import { probeMakers } from './probe-contacts.ts';
import { sessionMakers } from './session.ts';

/** How each fact and specimen is made. */
export const makers: Makers = {
  ...sessionMakers,
  ...contactMakers,
  ...lookupMakers,
  ...matrixMakers,
  ...pairMakers,
  ...probeMakers,
  ...callMakers,
  ...probeCallMakers,
  ...messageMakers,
  ...dispositionMakers,
};
