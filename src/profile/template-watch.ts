import {
  AssignTag,
  analyzeSync,
  CaptureTag,
  CycleTag,
  EchoTag,
  ForTag,
  Output,
  TablerowTag,
  type Template,
  toValueSync,
  Value,
  Variable,
} from 'liquidjs';

/** The first names of a path of a variable, from the outermost inwards; null where a name is computed. */
type Path = readonly (string | null)[];

/** `auth.session` says what it is; with longer ones, `x = x.next` would have no end. */
const longestPath = 2;
type Reads = readonly Path[];

/**
 * Told of every expression whose value is written or kept. A condition writes nothing.
 * @param reads the variables that it reads; of one that the template itself makes, what that is made of, too
 * @param template the whole text that it stands in
 */
type Watch = (reads: Reads, value: unknown, template: string) => void;

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
  let found: Made | undefined;
  const made = () => (found ??= madeIn(templates));
  for (const template of nested(templates)) {
    for (const argument of template.arguments?.() ?? []) {
      if (!(argument instanceof Value) || !isWatched(template, argument)) continue;
      let reads: Reads | undefined;
      const evaluate = argument.value.bind(argument);
      argument.value = function* (context, lenient) {
        const value = yield* evaluate(context, lenient);
        if (current) {
          reads ??= sourcesOf(readsOf(template), made());
          current(reads, value, template.token.input);
        }
        return value;
      };
    }
  }
  return templates;
}

/** An `assign` without a filter makes nothing new: it gives another name to what is there. */
function isWatched(template: Template, { filters }: Value): boolean {
  return isWritten(template) || (template instanceof AssignTag && filters.length > 0);
}

function isWritten(template: Template): boolean {
  return template instanceof Output || template instanceof EchoTag || template instanceof CycleTag;
}

/** What the variables are made of that a template makes, by their names. */
type Made = ReadonlyMap<string, Reads>;

function madeIn(templates: Template[]): Made {
  const made = new Map<string, Reads>();
  for (const template of nested(templates)) {
    const reads = template instanceof CaptureTag ? writtenReads(template.templates) : readsOf(template);
    for (const name of namesMadeBy(template)) made.set(name, [...(made.get(name) ?? []), ...reads]);
  }
  return made;
}

function namesMadeBy(template: Template): string[] {
  if (template instanceof ForTag || template instanceof TablerowTag) return [template.variable];
  if (template instanceof CaptureTag) return [template.variable];
  return template instanceof AssignTag ? [...template.localScope()].map(({ content }) => content) : [];
}

function writtenReads(templates: Template[]): Reads {
  return [...nested(templates)].filter(isWritten).flatMap(readsOf);
}

/** What a template reads, and what is behind that: with `session = auth`, `session.id` is `auth.id`. */
function sourcesOf(reads: Reads, made: Made): Reads {
  const found = new Map<string, Path>();
  const ahead = [...reads];
  for (let path = ahead.pop(); path; path = ahead.pop()) {
    const [root, ...rest] = path;
    const key = JSON.stringify(path);
    if (found.has(key)) continue;
    found.set(key, path);
    for (const source of made.get(root ?? '') ?? []) ahead.push([...source, ...rest].slice(0, longestPath));
  }
  return [...found.values()];
}

/** The variables that a template reads by itself, and not those within it do. */
function readsOf(template: Template): Reads {
  const alone: Template = {
    token: template.token,
    render: () => undefined,
    arguments: () => template.arguments?.() ?? [],
  };
  return Object.values(analyzeSync([alone], { partials: false }).globals)
    .flat()
    .map(({ segments }) =>
      segments.slice(0, longestPath).map((segment) => (segment instanceof Variable ? null : String(segment))),
    );
}

function* nested(templates: Template[]): Generator<Template> {
  for (const template of templates) {
    yield template;
    if (template.children) yield* nested(toValueSync(template.children(false, true)));
  }
}
