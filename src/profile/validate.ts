import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Source } from './parse.ts';
import type { ProfileProblem } from './types.ts';
import { explainViolations } from './violations.ts';

// Compiled by scripts/compile-schemas.mjs: ajv itself costs 50 to 150 ms at start-up. From the sources (`src/profile`)
// and from the build (`dist/profile`) the same file.
const compiled = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/schema/profile.js' : '../schema/profile.js',
  import.meta.url,
);

let validator: ValidateFunction | undefined;

/**
 * Holds a document against `schema/profile.schema.json`.
 * @returns what is wrong, in words for the author; one mistake gives one problem
 */
export async function validateStructure(source: Source): Promise<ProfileProblem[]> {
  validator ??= ((await import(/* @vite-ignore */ compiled.href)) as { default: ValidateFunction }).default;
  if (validator(source.document)) return [];
  const errors: ErrorObject[] = validator.errors ?? [];
  return explainViolations(errors, source);
}
