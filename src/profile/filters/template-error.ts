/** Where a template could not be rendered, as far as it is known. Lines and columns count from 1 within the template. */
export interface TemplateErrorDetails {
  /** The output or tag, with its braces. */
  expression?: string;
  /** The variable that is undefined. */
  variable?: string;
  line?: number;
  column?: number;
  /** Where the template stands in what was rendered: `['body', 'due_date']`. */
  path?: readonly (string | number)[];
}

/** A template that cannot be rendered with these variables. The message is for the author of the profile. */
export class TemplateError extends Error {
  readonly details: TemplateErrorDetails;

  constructor(message: string, details: TemplateErrorDetails = {}) {
    super(message);
    this.name = 'TemplateError';
    this.details = details;
  }

  /** The same failure, one place further out. */
  within(...path: (string | number)[]): TemplateError {
    return new TemplateError(this.message, {
      ...this.details,
      path: [...path, ...(this.details.path ?? [])],
    });
  }
}

/** Renders a part of something; a failure then tells which part. */
export function partOf<T>(path: string | number, render: () => T): T {
  try {
    return render();
  } catch (error) {
    throw error instanceof TemplateError ? error.within(path) : error;
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
