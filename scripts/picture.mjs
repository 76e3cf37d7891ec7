/**
 * Draws docs/images/report.svg: what `crm-ready demo` prints in a terminal when the reference CRM has two faults, as
 * it was printed, with some parts left out. `npm run build` first. Seed and faults are fixed; times and ids are not.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const faults = ['search-exact', 'update-ignored'];
const typed = `crm-ready demo ${faults.map((fault) => `--fault ${fault}`).join(' ')}`;

/** What of the output is shown: from a line to the one before another (null: to the end). */
const shown = [
  [/crm-ready \d/, /OAuth 2\.0/],
  [/Find by phone number/, /lookup\.plus/],
  [/What your users/, /To measure the rest/],
];

const cell = { width: 7.8, height: 18 };
const padding = 20;
const columns = 102;
const colours = {
  plain: '#c9d1d9',
  dim: '#8b949e',
  bold: '#f0f6fc',
  31: '#ff7b72',
  32: '#3fb950',
  33: '#d29922',
};

function terminalOutput() {
  const args = [
    'bin/crm-ready.js',
    'demo',
    '--seed',
    'picture',
    ...faults.flatMap((name) => ['--fault', name]),
  ];
  const { NO_COLOR: _, ...env } = process.env;
  const { stdout, status } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...env, FORCE_COLOR: '1' },
  });
  // A must fails: the demo ends with 1.
  if (status !== 1) throw new Error(`crm-ready demo ended with ${status}`);
  return stdout.split('\n').slice(1, -1);
}

const esc = String.fromCharCode(27);
const codes = new RegExp(`${esc}\\[([\\d;]+)m`);
const bare = (line) => line.replaceAll(new RegExp(codes, 'g'), '');

function excerpt(lines) {
  const parts = shown.map(([from, to]) => {
    const start = lines.findIndex((line) => from.test(bare(line)));
    const end = to === null ? lines.length : lines.findIndex((line, at) => at > start && to.test(bare(line)));
    if (start < 0 || end < 0) throw new Error(`not in the output: ${start < 0 ? from : to}`);
    return { start, end, lines: lines.slice(start, end) };
  });
  return parts.flatMap(({ start, lines: part }, index) => {
    const gap = index > 0 && start > parts[index - 1].end;
    const trimmed = part.slice(0, part.findLastIndex((line) => bare(line).trim() !== '') + 1);
    if (index === 0) return trimmed;
    return gap ? ['', `    ${esc}[2m⋮${esc}[22m`, '', ...trimmed] : ['', ...trimmed];
  });
}

/**
 * A line as pieces of one style each, apart where two spaces or more are: SVG draws one. A character beyond ASCII is a
 * piece of its own, because its glyph may be wider.
 */
function pieces(line) {
  const result = [];
  const style = { bold: false, dim: false, colour: null };
  let column = 0;
  for (const [index, part] of line.split(codes).entries()) {
    if (index % 2 === 1) for (const code of part.split(';')) apply(style, Number(code));
    else {
      for (const [text] of part.matchAll(/ +|(?: ?[!-~]+)+|[^ -~]/gu)) {
        if (text.trim() !== '') result.push({ ...style, text, column });
        column += [...text].length;
      }
    }
  }
  return result;
}

function apply(style, code) {
  if (code === 1) style.bold = true;
  else if (code === 2) style.dim = true;
  else if (code === 22) Object.assign(style, { bold: false, dim: false });
  else if (code === 39) style.colour = null;
  else if (code in colours) style.colour = code;
  else throw new Error(`no rule for the esc code ${code}`);
}

function drawn({ text, column, bold, dim, colour }, row) {
  const lead = text.length - text.trimStart().length;
  const word = text.trim();
  const fill = colours[colour ?? (dim ? 'dim' : bold ? 'bold' : 'plain')];
  const x = round(padding + (column + lead) * cell.width);
  const y = round(padding + (row + 0.75) * cell.height);
  const length = [...word].length;
  const wide =
    length > 1 ? ` textLength="${round(length * cell.width)}" lengthAdjust="spacingAndGlyphs"` : '';
  const weight = bold ? ' font-weight="bold"' : '';
  return `<text x="${x}" y="${y}" fill="${fill}"${weight}${wide}>${inXml(word)}</text>`;
}

const round = (value) => Math.round(value * 100) / 100;
const inXml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const prompt = `${esc}[2m$${esc}[22m ${esc}[1m${typed}${esc}[22m`;
const lines = [prompt, '', ...excerpt(terminalOutput())];
const width = round(columns * cell.width + 2 * padding);
const height = round(lines.length * cell.height + 2 * padding);
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>Output of ${typed}</title>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="#0d1117" stroke="#30363d"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace" font-size="13" xml:space="preserve">
${lines.flatMap((line, row) => pieces(line).map((piece) => drawn(piece, row))).join('\n')}
</g>
</svg>
`;
const folder = new URL('../docs/images/', import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(new URL('report.svg', folder), svg);
