import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/**
 * Writes each TypeScript file below the current folder once more as JavaScript beside it, twice: `x.covered.js` counts which
 * mutants each test reaches, `x.mutated.js` does not, and is several times as fast. Tests get the `test` of `declare.js`.
 */
const FOLDERS = ['protocol', 'spec', 'src', 'invariants', 'conformance', 'test'];
const COVERAGE = /stryCov_\w+\((?:"\d+"(?:, )?)+\)/gu;
const declare = fileURLToPath(new URL('./declare.js', import.meta.url));

const options = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };

/** Where a file imports from, once it stands as JavaScript of this kind. */
function redirect(text, kind, file) {
  const vitest = `./${relative(dirname(file), declare).replaceAll(sep, '/')}`;
  return text
    .replaceAll(/(from |import\()(['"])(\.[^'"]+)\.ts\2/gu, `$1$2$3.${kind}.js$2`)
    .replaceAll(/from (['"])vitest\1/gu, `from '${vitest}'`);
}

for (const folder of FOLDERS) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/(?<!\.d)\.ts$/u.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), { fileName: file, compilerOptions: options });
    const stem = file.slice(0, -'.ts'.length);
    const absolute = join(process.cwd(), file);
    writeFileSync(`${stem}.covered.js`, redirect(outputText, 'covered', absolute));
    writeFileSync(`${stem}.mutated.js`, redirect(outputText.replaceAll(COVERAGE, '0'), 'mutated', absolute));
  }
}
