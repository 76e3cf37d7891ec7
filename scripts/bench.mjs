/**
 * Measures what a user waits for: start-up, redaction, the demo, and a full check of a CRM that is far away. Every figure is taken
 * in this one run, and the two that have a target are ratios, so that a slow machine does not decide. Never fails.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

const root = fileURLToPath(new URL('..', import.meta.url));
const pairs = 25;
const latencyMs = 100;

/** Wall time of one start of Node, in milliseconds. */
function wallTime(...args) {
  const before = performance.now();
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore' });
  if (error || status !== 0) throw error ?? new Error(`node ${args.join(' ')} ended with ${status}`);
  return performance.now() - before;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** `--version` against an empty script, in turns, so that whatever else the machine does meets both. */
function measureStartUp() {
  const [ours, empty, ratios] = [[], [], []];
  // The first pair warms the file cache and is not counted.
  for (let pair = 0; pair <= pairs; pair++) {
    const a = wallTime('bin/crm-ready.js', '--version');
    const b = wallTime('-e', '0');
    if (pair === 0) continue;
    ours.push(a);
    empty.push(b);
    ratios.push(a / b);
  }
  return { ratio: median(ratios), ours: median(ours), empty: median(empty) };
}

/** The search for ten secrets in an answer of 64 KiB, against reading the same answer, in turns. */
async function measureRedaction() {
  const { createRedaction } = await import('../dist/http/redaction.js');
  const redaction = createRedaction();
  for (let n = 0; n < 10; n++) redaction.add(`s3cr3t/+${n}=${'abcdefghij'.slice(n)}<${n}>"longer`);
  const row = {
    id: 12345,
    name: 'Jane Sample',
    phone: '+1 212 555 0123',
    url: 'https://crm.example/a?b=c&d=e',
  };
  const text = JSON.stringify(Array.from({ length: 690 }, () => row));
  const timed = (work) => {
    const before = performance.now();
    work();
    return performance.now() - before;
  };
  const [ours, parsing] = [[], []];
  for (let pair = 0; pair <= pairs; pair++) {
    const a = timed(() => redaction.text(text));
    const b = timed(() => JSON.parse(text));
    if (pair === 0) continue;
    ours.push(a);
    parsing.push(b);
  }
  return { ratio: median(ours) / median(parsing), ours: median(ours), bytes: text.length };
}

/** The reference CRM in a thread of its own, for a CRM that is far away takes no time from the tool; warm after the first. */
const thread = new Worker(new URL('sandbox-thread.mjs', import.meta.url));

async function startSandbox(options) {
  thread.postMessage(options);
  const [sandbox] = await once(thread, 'message');
  return sandbox;
}

/** A full check of the reference CRM, as `crm-ready demo` does it. */
async function measureCheck(sandboxOptions, only = null, lookup = 'full') {
  const { loadProfile } = await import('../dist/profile/load.js');
  const { planRun } = await import('../dist/run/plan.js');
  const { run } = await import('../dist/run/run.js');
  const sandbox = await startSandbox(sandboxOptions);
  const state = await mkdtemp(join(tmpdir(), 'crm-ready-bench-'));
  try {
    const { clientId, clientSecret } = sandbox.credentials;
    const path = join(root, 'profiles/reference.yaml');
    const vars = { port: String(sandbox.port) };
    const env = { REFERENCE_CLIENT_ID: clientId, REFERENCE_CLIENT_SECRET: clientSecret };
    const profile = await loadProfile(path, { env, vars });
    const before = performance.now();
    const { report } = await run({
      profile,
      source: { path, vars },
      plan: planRun(profile, { only, readOnly: false, lookup }),
      only,
      env: { XDG_STATE_HOME: state },
      version: '0.0.0-bench',
      deadlineSeconds: 120,
      revokeWaitSeconds: 60,
      revokeShared: false,
      authorizeAgain: false,
      readOnly: false,
      lookup,
      keep: false,
      seed: 'bench',
      allowPlainHttp: false,
      signal: new AbortController().signal,
      progress: { asking() {}, checked() {}, phase() {}, waiting: () => () => {} },
    });
    return { report, wallMs: performance.now() - before };
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}

/** Milliseconds of a run in which no request was under way: deliberate waits, and our own work. */
function idleMs({ exchanges }, wallMs) {
  const spans = exchanges
    .map(({ startedAt, timing }) => [Date.parse(startedAt), Date.parse(startedAt) + timing.totalMs])
    .toSorted(([a], [b]) => a - b);
  let busy = 0;
  let until = 0;
  for (const [from, to] of spans) {
    busy += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return Math.max(0, wallMs - busy);
}

const contactsIn = ({ exchanges }) =>
  exchanges.filter(({ intent, response }) => intent === 'createContact' && response?.status < 300).length;
const ms = (value) => `${Math.round(value).toLocaleString('en')} ms`;
const times = (value) => `${value.toFixed(2)} ×`;
const rows = [];

const start = measureStartUp();
rows.push(['start-up, --version to node -e 0', times(start.ratio), 'at most 1.5 ×']);
rows.push([`  medians of ${pairs} pairs`, `${ms(start.ours)} to ${ms(start.empty)}`, '']);

const redaction = await measureRedaction();
rows.push(['redaction, ten secrets in an answer, to JSON.parse of it', times(redaction.ratio), '']);
rows.push([
  `  median of ${pairs}, ${Math.round(redaction.bytes / 1024)} KiB`,
  `${redaction.ours.toFixed(1)} ms`,
  '',
]);

const demo = await measureCheck({});
rows.push(['demo, wall time of the check', ms(demo.wallMs), '']);
rows.push(['  requests', demo.report.run.requests, '']);
rows.push(['  contacts created', contactsIn(demo.report), '']);
rows.push(['  verdict', `${demo.report.overall}, score ${demo.report.score}`, 'ready, score 100']);

const everything = null;
const lookup = ['phone-lookup'];
for (const [what, only, depth, most] of [
  ['the whole check, full lookup', everything, 'full', null],
  ['the whole check, essential lookup', everything, 'essential', { contacts: 12 }],
  ['phone lookup alone, full', lookup, 'full', null],
  ['phone lookup alone, essential', lookup, 'essential', { contacts: 12, requests: 60 }],
]) {
  const { report, wallMs } = await measureCheck({ latencyMs }, only, depth);
  const floorMs = report.run.longestChain * latencyMs;
  rows.push([
    `${what}, ${latencyMs} ms latency, to its longest chain`,
    times(wallMs / floorMs),
    'at most 1.5 ×',
  ]);
  rows.push(['  wall time', ms(wallMs), '']);
  rows.push([`  longest chain × ${latencyMs} ms`, `${report.run.longestChain} × = ${ms(floorMs)}`, '']);
  rows.push(['  no request under way', ms(idleMs(report, wallMs)), '']);
  rows.push(['  requests', report.run.requests, most?.requests ? `at most ${most.requests}` : '']);
  rows.push(['  contacts created', contactsIn(report), most?.contacts ? `at most ${most.contacts}` : '']);
}

await thread.terminate();

const width = (column) => Math.max(...rows.map((row) => String(row[column]).length));
const [first, second] = [width(0), width(1)];
const print = (row) =>
  console.log(`${String(row[0]).padEnd(first)}  ${String(row[1]).padStart(second)}  ${row[2]}`.trimEnd());
console.log(`Node ${process.version}\n`);
print(['figure', 'measured', 'target']);
for (const row of rows) print(row);
