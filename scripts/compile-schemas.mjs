/**
 * Compiles `schema/*.schema.json` to `dist/schema/*.js`. ajv itself costs 50 to 150 ms at start-up; the compiled
 * validators cost a few.
 */
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import formats from 'ajv-formats';

const schemas = new URL('../schema/', import.meta.url);
const target = new URL('../dist/schema/', import.meta.url);

// The generated code asks for ajv's small runtime pieces by `require`, which an ES module does not have.
const preamble = `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n`;

/** Compiles every schema of the folder `schema/`. @returns the files written */
export async function compileSchemas() {
  await mkdir(target, { recursive: true });
  const names = (await readdir(schemas)).filter((name) => name.endsWith('.schema.json'));
  return await Promise.all(
    names.map(async (name) => {
      const schema = JSON.parse(await readFile(new URL(name, schemas), 'utf8'));
      const ajv = new Ajv({
        allErrors: true,
        // Violations carry the schema that they violate: its title and description make the message.
        verbose: true,
        allowUnionTypes: true,
        strictTypes: false,
        inlineRefs: false,
        code: { source: true, esm: true, lines: true },
      });
      formats.default(ajv);
      const file = new URL(name.replace('.schema.json', '.js'), target);
      // Written beside and renamed: a process that reads at this moment sees the old file or the new one, never half.
      const draft = new URL(`${file.href}.${process.pid}`);
      await writeFile(draft, preamble + standalone.default(ajv, ajv.compile(schema)));
      await rename(draft, file);
      return fileURLToPath(file);
    }),
  );
}

/** For `globalSetup` of vitest: tests run from the sources and read the same compiled schemas. */
export { compileSchemas as setup };

if (process.argv[1] === fileURLToPath(import.meta.url)) await compileSchemas();
