/** Loads the sources of the allocators, broken by one edit, with loops that end. */

import ts from 'typescript';
import { createRequire } from 'node:module';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { tmpdir } from 'node:os';
import { sources, withEdit } from './sources.ts';
import type { createBootmem } from '../../src/index.ts';
import type { Create } from '../trace/played.ts';
import type { createMachine, createMachine26, fragmentationOf, LruReclaimer, machineOf26 } from '../../src/index.ts';
import type { Edit } from './sources.ts';
import type { Kernel } from '../../protocol/index.ts';

/** Maximum number of turns of the loops of one call: a slip may have made one endless. */
const MOST_TURNS = 100_000;

const FUEL = `let left = 0;
exports.refuel = () => { left = ${MOST_TURNS}; };
exports.burn = () => { if (--left < 0) throw new Error('an endless loop'); };
exports.turns = {};
exports.measured = (loop) => {
  let last = Infinity;
  return (now) => {
    const turns = (exports.turns[loop] ??= { followed: false, wrong: [] });
    if (!(now >= 0 && now <= last - 1)) turns.wrong.push(last + ', then ' + now);
    turns.followed ||= last !== Infinity;
    last = now;
  };
};`;

/** The entry points of the allocators, imported from sources that may be broken. */
export interface Broken {
  readonly createAllocator: Create;
  readonly createMachine: typeof createMachine;
  readonly createMachine26: typeof createMachine26;
  readonly LruReclaimer: typeof LruReclaimer;
  readonly regionBytes: (kernel: Kernel, pages: number, orders: number) => number;
  readonly createBootmem: typeof createBootmem;
  /** Must be called before each call of the allocator: after `MOST_TURNS` turns its loops throw. */
  readonly refuel: () => void;
}

/** Allocators as they were loaded. */
export interface Loaded extends Broken {
  readonly fragmentationOf: typeof fragmentationOf;
  readonly machineOf26: typeof machineOf26;
  /** By loop, what its measure was seen to do; only sources that `measured` rewrote tell it. */
  readonly turns: Readonly<Partial<Record<string, Turns>>>;
}

/** What the measure of a loop did. */
export interface Turns {
  /** Whether a turn was seen that followed another. */
  readonly followed: boolean;
  /** Where it was less than 0, or not smaller by 1 than a turn before. */
  readonly wrong: readonly string[];
}

/** Makes the body of every loop begin with `burn()`. */
const burning: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  const { factory } = context;
  const burn = factory.createExpressionStatement(
    factory.createCallExpression(factory.createIdentifier('burn'), [], []),
  );
  const body = (statement: ts.Statement): ts.Block =>
    factory.createBlock([burn, ...(ts.isBlock(statement) ? statement.statements : [statement])], true);
  const visit = (node: ts.Node): ts.Node => {
    const inner = ts.visitEachChild(node, visit, context);
    if (ts.isForStatement(inner)) {
      const { initializer, condition, incrementor } = inner;
      return factory.updateForStatement(inner, initializer, condition, incrementor, body(inner.statement));
    }
    return ts.isWhileStatement(inner)
      ? factory.updateWhileStatement(inner, inner.expression, body(inner.statement))
      : inner;
  };
  return ts.visitEachChild(file, visit, context);
};

/** Transpiled texts by source: a broken allocator differs from the others in one file. */
const known = new Map<string, string>();

function transpiled(text: string): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.CommonJS,
      rewriteRelativeImportExtensions: true,
    },
    transformers: { before: [burning] },
  });
  const output = `const { burn, measured } = require('fuel');\n${outputText}`;
  known.set(text, output);
  return output;
}

/** What loops are stopped by, and seen to do. */
type Fuel = Pick<Loaded, 'refuel' | 'turns'>;

/** Returns what `entry` of some sources exports, as new modules with loops that end; in CommonJS, which Vitest does not transform. */
export function loadFrom(texts: ReadonlyMap<string, string>, entry: string): Fuel & { readonly exported: object } {
  const folder = mkdtempSync(`${tmpdir()}/slip-`);
  try {
    for (const path of texts.keys()) mkdirSync(`${folder}/${dirname(path)}`, { recursive: true });
    writeFileSync(`${folder}/package.json`, '{"type":"commonjs"}');
    mkdirSync(`${folder}/node_modules/fuel`, { recursive: true });
    writeFileSync(`${folder}/node_modules/fuel/index.js`, FUEL);
    for (const [path, text] of texts) writeFileSync(`${folder}/${path.replace(/\.ts$/u, '.js')}`, transpiled(text));
    writeFileSync(`${folder}/entry.js`, `module.exports = require('./${entry}.js');`);
    const require = createRequire(`${folder}/`);
    const exported = require('./entry.js') as object;
    const { refuel, turns } = require('fuel') as Fuel;
    return { exported, refuel, turns };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Returns the allocators, broken by `edit` if given. `rewrite`: what is done to each file besides. */
export function load(edit?: Edit, rewrite: (path: string, text: string) => string = (_, text) => text): Loaded {
  const texts = edit === undefined ? sources() : withEdit(sources(), edit);
  const rewritten = new Map([...texts].map(([path, text]) => [path, rewrite(path, text)]));
  const { exported, ...fuel } = loadFrom(rewritten, 'src/index');
  return { ...(exported as Omit<Loaded, keyof Fuel>), ...fuel };
}
