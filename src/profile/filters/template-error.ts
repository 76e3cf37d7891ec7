/** Where a template could not be rendered, as far as it is known. Lines and columns count from 1 within the template. */
export interface TemplateErrorDetails {
  /** The output or tag, with its braces. */
  expression?: string;
  /** The variable that is undefined. */
  variable?: string;
  line?: number;
  column?: number;
}

/** A template that cannot be rendered with these variables. The message is for the author of the profile. */
export class TemplateError extends Error {
  readonly details: TemplateErrorDetails;

  constructor(message: string, details: TemplateErrorDetails = {}) {
    super(message);
    this.name = 'TemplateError';
    this.details = details;
  }
}

/**
 * A value as an error message may show it.
 * Long text is counted and not cut: redaction knows a secret only when it is whole.
 */
export function shown(value: unknown): string {
  if (typeof value !== 'string') {
    return value !== null && typeof value === 'object' ? `a ${kindOf(value)}` : String(value);
  }
  return value.length <= 60 ? `“${value}”` : `a text of ${value.length} characters`;
}

function kindOf(value: object): string {
  return Array.isArray(value) ? 'list' : 'record';
}
