import type { Report } from '../../report/types.ts';
import { word } from './shell.ts';

/** The command that asks one requirement again. */
export function reproduce(id: string, { profile }: Report): string {
  return `npx crm-ready check --profile ${word(profile.file)} --only ${word(id)}`;
}
