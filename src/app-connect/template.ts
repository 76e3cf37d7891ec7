/**
 * App Connect's template language: `{{path.to.value}}` and nothing else. No filters, no conditions, no escaping.
 * A bare proxyConfig means what this file does, so it follows App Connect where a cleaner language would not.
 */

const expressions = /\{\{([^}]+)\}\}/g;
const loneExpression = /^\{\{([^}]+)\}\}$/;

/**
 * Walks a dot path. Every segment is a plain key: a number indexes an array or a text, `first-name` and `$id` are keys.
 * An empty path, and `$`, are the root itself.
 * @returns undefined where the path ends early
 */
export function walk(root: unknown, path: string | undefined): unknown {
  if (path === undefined || path === '' || path === '$') return root;
  let current = root;
  for (const segment of path.split('.')) {
    if (current === null || current === undefined) return undefined;
    // Boxed, so that a text can be indexed: `{{startTime.0}}` is how proxy mode cuts a date.
    const holder: Record<string, unknown> = Object(current);
    current = holder[segment];
  }
  return current;
}

/**
 * A text that is exactly one expression becomes its value, whatever the type, undefined where it is missing.
 * Inside a longer text a missing value is ''.
 */
export function renderText(text: string, scope: Readonly<Record<string, unknown>>): unknown {
  const lone = loneExpression.exec(text)?.[1];
  if (lone !== undefined) return lone.trim() === '' ? undefined : walk(scope, lone.trim());
  return text.replace(expressions, (_, path: string) => {
    const value = walk(scope, path.trim());
    return value === null || value === undefined ? '' : String(value);
  });
}

/** Renders every text in a value of the document. Keys are not templates. */
export function renderDeep(value: unknown, scope: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === 'string') return renderText(value, scope);
  if (Array.isArray(value)) return value.map((element: unknown) => renderDeep(element, scope));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, renderDeep(entry, scope)]));
}

/** The paths that the templates in a text read. */
export function pathsIn(text: string): string[] {
  return [...text.matchAll(expressions)].map(([, path = '']) => path.trim());
}
