import type { LogFormat } from '../profile/types.ts';

/**
 * The labels by which App Connect finds its own lines again in the text of a call log, and how each line is built.
 * Shapes and names are App Connect's (`@app-connect/core` 1.7.41): both must find each other's lines.
 */

/** How a part of the text is found again, and put in its place or added. */
export interface Label {
  /** As it reads in this format, without its marks. */
  name: string;
  /** One label as it stands in a text, wherever: for counting. */
  mark: RegExp;
  /** What is replaced; `text` is the whole part that takes its place. */
  found: RegExp;
  replace(value: string): string;
  add(body: string, value: string): string;
}

/** Where a line of the plain format ends when it is found again; the formats of App Connect differ in that. */
type PlainEnd =
  /** With all line breaks that follow. */
  | 'breaks'
  /** At the line's end; not found at all when the value has a hyphen. */
  | 'no-hyphen'
  /** As `no-hyphen`, but a line break is added every time. */
  | 'no-hyphen-break'
  /** At the line's end. */
  | 'line';

/** `- Duration: 5 seconds`, `<li><b>Duration</b>: 5 seconds</li>`, `**Duration**: 5 seconds`. */
export function lineLabel(
  format: LogFormat,
  names: { text: string; html?: string },
  end: PlainEnd = 'breaks',
): Label {
  const { text } = names;
  switch (format) {
    case 'text/plain':
      return plainLine(text, end);
    case 'text/markdown':
      return markdownLine(text);
    case 'text/html':
      return htmlLine(names.html ?? text, '[^<\\n]+', (value) => value);
  }
}

/** A link: in HTML an anchor, or `(pending...)` while there is no address, inside the list where there is one. */
export function linkLabel(format: LogFormat, name: string): Label {
  if (format === 'text/markdown') return markdownLine(name);
  if (format === 'text/plain') {
    const line = plainLine(name, 'breaks');
    return {
      ...line,
      add: (body, value) => line.add(body === '' || body.endsWith('\n') ? body : `${body}\n`, value),
    };
  }
  const line = htmlLine(name, '(?:<a[^>]*>[^<]*</a>|[^<]+)', (value) =>
    value.startsWith('http') ? `<a target="_blank" href="${value}">open</a>` : '(pending...)',
  );
  return {
    ...line,
    add: (body, value) =>
      body.includes('</ul>')
        ? body.replace('</ul>', () => `${line.replace(value)}</ul>`)
        : line.add(body, value),
  };
}

/** Text of several lines with an end of its own: an AI note, a transcript. */
export function blockLabel(format: LogFormat, name: string): Label {
  switch (format) {
    case 'text/plain': {
      const replace = (value: string): string => `- ${name}:\n${value}\n--- END`;
      const found = new RegExp(`- ${name}:[\\s\\S]*?--- END`);
      return {
        name,
        mark: plainMark(name),
        found,
        replace,
        add: (body, value) => `${body}\n${replace(value)}\n`,
      };
    }
    case 'text/markdown': {
      const replace = (value: string): string => `### ${name}\n${value}\n`;
      const found = new RegExp(`### ${name}\n[\\s\\S]*?(?=\n### |\n?$)`);
      return {
        name,
        mark: headingMark('###', name),
        found,
        replace,
        add: (body, value) => body + replace(value),
      };
    }
    case 'text/html': {
      const replace = (value: string): string =>
        `<div><b>${name}</b><br>${value.replace(/\r\n|\r|\n/g, '<br>')}</div>`;
      const found = new RegExp(`<div><b>${name}</b><br>.+?</div>`);
      return {
        name,
        mark: boldMark(name),
        found,
        replace,
        add: (body, value) => `${body}${replace(value)}<br>`,
      };
    }
  }
}

/** The user's note: always first. HTML and Markdown put the heading of the details between it and the rest. */
export function noteLabel(format: LogFormat): Label {
  switch (format) {
    case 'text/plain': {
      const replace = (value: string): string => `- Note: ${value}`;
      const found = /- (?:Agent notes|Note): [\s\S]*?(?=\n- [A-Z][a-zA-Z\s/]*:|\n?$)/;
      return {
        name: 'Note',
        mark: plainMark('Note'),
        found,
        replace,
        add: (body, value) => `${replace(value)}\n${body}`,
      };
    }
    case 'text/markdown': {
      const replace = (value: string): string => `## Agent notes\n${value}\n\n## Call details`;
      const heading = '## Call details';
      return {
        name: 'Agent notes',
        mark: headingMark('##', 'Agent notes'),
        found: /## Agent notes\n[\s\S]*?\n## Call details/,
        replace,
        add: (body, value) =>
          body.startsWith(heading)
            ? replace(value) + body.slice(heading.length)
            : `${replace(value)}\n${body}`,
      };
    }
    case 'text/html': {
      const replace = (value: string): string => `<b>Agent notes</b><br>${value}<br><br><b>Call details</b>`;
      const found = /<b>Agent notes<\/b>[\s\S]+?Call details<\/b>/;
      return {
        name: 'Agent notes',
        mark: boldMark('Agent notes'),
        found,
        replace,
        add: (body, value) => `${replace(value)}<br>${body}`,
      };
    }
  }
}

/** The heading that comes with the note; plain text has none. */
export function detailsMark(format: LogFormat): RegExp | null {
  switch (format) {
    case 'text/plain':
      return null;
    case 'text/markdown':
      return headingMark('##', 'Call details');
    case 'text/html':
      return boldMark('Call details');
  }
}

function plainLine(name: string, end: PlainEnd): Label {
  const found = {
    breaks: new RegExp(`- ${name}: [^\n]*\n*`),
    'no-hyphen': new RegExp(`- ${name}: [^\n-]+(?=\n|$)`),
    'no-hyphen-break': new RegExp(`- ${name}: [^\n-]+(?=\n|$)`),
    line: new RegExp(`^- ${name}:.*$`, 'm'),
  }[end];
  const lineBreak = end === 'breaks' || end === 'no-hyphen-break' ? '\n' : '';
  return {
    name,
    mark: plainMark(name),
    found,
    replace: (value) => `- ${name}: ${value}${lineBreak}`,
    add: (body, value) => `${body}- ${name}: ${value}\n`,
  };
}

function markdownLine(name: string): Label {
  const replace = (value: string): string => `**${name}**: ${value}\n`;
  return {
    name,
    mark: new RegExp(`\\*\\*${name}\\*\\*:`, 'g'),
    found: new RegExp(`\\*\\*${name}\\*\\*: [^\n]*\n*`),
    replace,
    add: (body, value) => body + replace(value),
  };
}

function htmlLine(name: string, value: string, shown: (value: string) => string): Label {
  const replace = (given: string): string => `<li><b>${name}</b>: ${shown(given)}</li>`;
  return {
    name,
    mark: boldMark(name),
    found: new RegExp(`(?:<li>)?<b>${name}</b>:\\s*${value}(?:</li>|(?=<|$))`, 'i'),
    replace,
    add: (body, given) => body + replace(given),
  };
}

function plainMark(name: string): RegExp {
  return new RegExp(`- ${name}:`, 'g');
}

function headingMark(level: string, name: string): RegExp {
  return new RegExp(`^${level} ${name}$`, 'gm');
}

function boldMark(name: string): RegExp {
  return new RegExp(`<b>${name}</b>`, 'gi');
}
