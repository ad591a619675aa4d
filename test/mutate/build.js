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
const declare = fileURLToPath(new URL('./thread/declare.js', import.meta.url));
const fuel = fileURLToPath(new URL('./thread/fuel.js', import.meta.url));
/** Folders whose loops count their turns: a test walks what a mutant has linked in a circle. */
const BURNING = ['spec', 'src', 'invariants', 'conformance', 'test'];

const options = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };

const { factory } = ts;
const BURN = factory.createExpressionStatement(
  factory.createCallExpression(factory.createIdentifier('burn__'), undefined, []),
);

const burningBody = (statement) =>
  factory.createBlock([BURN, ...(ts.isBlock(statement) ? statement.statements : [statement])], true);

/** A loop whose body begins with a call of `burn`; any other node as it is. */
function burningLoop(node) {
  const body = ts.isIterationStatement(node, false) ? burningBody(node.statement) : undefined;
  if (ts.isForStatement(node))
    return factory.updateForStatement(node, node.initializer, node.condition, node.incrementor, body);
  if (ts.isForOfStatement(node))
    return factory.updateForOfStatement(node, node.awaitModifier, node.initializer, node.expression, body);
  if (ts.isWhileStatement(node)) return factory.updateWhileStatement(node, node.expression, body);
  return ts.isDoStatement(node) ? factory.updateDoStatement(node, body, node.expression) : node;
}

/** Makes the body of every loop begin with a call of `burn`. */
const burning = (context) => (file) => {
  const visit = (node) => burningLoop(ts.visitEachChild(node, visit, context));
  return ts.visitEachChild(file, visit, context);
};

const relativeTo = (file, to) => `./${relative(dirname(file), to).replaceAll(sep, '/')}`;

/** Where a file imports from, once it stands as JavaScript of this kind. */
function redirect(text, kind, file) {
  return text
    .replaceAll(/(from |import\()(['"])(\.[^'"]+)\.ts\2/gu, `$1$2$3.${kind}.js$2`)
    .replaceAll(/from (['"])vitest\1/gu, `from '${relativeTo(file, declare)}'`);
}

for (const folder of FOLDERS) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/(?<!\.d)\.ts$/u.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const absolute = join(process.cwd(), file);
    const isBurning = BURNING.includes(folder);
    const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
      fileName: file,
      compilerOptions: options,
      ...(isBurning ? { transformers: { before: [burning] } } : {}),
    });
    const text = isBurning
      ? `import { burn as burn__ } from '${relativeTo(absolute, fuel)}';\n${outputText}`
      : outputText;
    const stem = file.slice(0, -'.ts'.length);
    writeFileSync(`${stem}.covered.js`, redirect(text, 'covered', absolute));
    writeFileSync(`${stem}.mutated.js`, redirect(text.replaceAll(COVERAGE, '0'), 'mutated', absolute));
  }
}
