import { base } from './base.ts';
import { comparison } from './comparison.ts';
import { exchanges } from './exchanges.ts';
import { many } from './many.ts';
import { packet } from './packet.ts';
import { packetPrint } from './packet-print.ts';
import { print } from './print.ts';
import { report } from './report.ts';

/** All styles of a page, as they stand in it. */
export const stylesheet = [base, exchanges, report, packet, many, comparison, print, packetPrint]
  .join('')
  .replace(/\/\*[\s\S]*?\*\//g, '')
  .replace(/\s+/g, ' ')
  .trim();
