import { analyzeSync, Output, type Template, toValueSync, Value, Variable } from 'liquidjs';

/** Path of a variable from the outermost name inwards; null where a name is computed. */
type Reads = readonly (readonly (string | null)[])[];

/**
 * Told of every expression that is rendered.
 * @param reads the variables that it reads; of one that reads what its template assigned, all that the template reads
 */
type Watch = (reads: Reads, value: unknown) => void;

let current: Watch | null = null;

/** Renders (without waiting in between) while somebody watches. */
export function watching<T>(watch: Watch, render: () => T): T {
  const before = current;
  current = watch;
  try {
    return render();
  } finally {
    current = before;
  }
}

/** Lets the expressions of a parsed template be watched. */
export function watchable(templates: Template[]): Template[] {
  let ofAll: Reads | undefined;
  const all = () => (ofAll ??= readsOf(templates));
  for (const template of nested(templates)) {
    for (const argument of template.arguments?.() ?? []) {
      if (!(argument instanceof Value)) continue;
      let reads: Reads | undefined;
      const evaluate = argument.value.bind(argument);
      argument.value = function* (context, lenient) {
        const value = yield* evaluate(context, lenient);
        if (current) {
          reads ??= ownReads(template, all());
          current(reads, value);
        }
        return value;
      };
    }
  }
  return templates;
}

function ownReads(template: Template, all: Reads): Reads {
  if (!(template instanceof Output)) return all;
  const own = readsOf([template]);
  const roots = new Set(all.map(([root]) => root));
  return own.every(([root]) => roots.has(root ?? null)) ? own : all;
}

function readsOf(templates: Template[]): Reads {
  return Object.values(analyzeSync(templates, { partials: false }).globals)
    .flat()
    .map(({ segments }) => segments.map((segment) => (segment instanceof Variable ? null : String(segment))));
}

function* nested(templates: Template[]): Generator<Template> {
  for (const template of templates) {
    yield template;
    if (template.children) yield* nested(toValueSync(template.children(false, true)));
  }
}
