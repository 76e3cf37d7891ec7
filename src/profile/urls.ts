import type { Path } from './locate.ts';
import type { Source } from './parse.ts';
import { renderTemplate, TemplateError } from './template.ts';
import type { Json, ProfileProblem } from './types.ts';

/**
 * Fills in a URL of the profile when it is loaded.
 * @returns the URL without a trailing slash, or what is wrong with it; the message shows the template, never its values
 */
export function renderUrl(
  source: Source,
  path: Path,
  template: string,
  variables: { secrets: Record<string, string>; vars: Record<string, Json> },
): { url: string } | { problem: ProfileProblem } {
  const refuse = (message: string, hint?: string) => ({
    problem: {
      file: source.file,
      ...source.valueAt(path),
      message: `\`${path.join('.')}\` ${message}`,
      expected: 'an absolute URL: `https://api.example.com/v1`',
      ...(hint !== undefined && { hint }),
    },
  });
  let text: string;
  try {
    text = String(renderTemplate(template, variables) ?? '').trim();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    // A filter quotes the value that it was given.
    return refuse(`cannot be filled in${template.includes('secrets') ? '' : `: ${error.message}`}`);
  }
  if (!/^https?:\/\//i.test(text)) {
    return refuse(
      'does not start with https:// or http://',
      /^[\w.-]+\.\w+/.test(template) ? `write https://${template}` : undefined,
    );
  }
  if (!URL.canParse(text)) return refuse('is not a valid URL');
  const { username, password } = new URL(text);
  if (username !== '' || password !== '')
    return refuse('has a user name or a password in it', 'credentials belong into `auth`');
  return { url: text.replace(/\/+$/, '') };
}
