import { base } from './base.ts';
import { exchanges } from './exchanges.ts';
import { packet } from './packet.ts';
import { print } from './print.ts';
import { report } from './report.ts';

/** All styles of a page, as they stand in it. */
export const stylesheet = [base, exchanges, report, packet, print]
  .join('')
  .replace(/\/\*[\s\S]*?\*\//g, '')
  .replace(/\s+/g, ' ')
  .trim();
