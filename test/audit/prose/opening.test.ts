/** Tests of the audit of openings, and the audit itself. */

import { OPENINGS, beyond } from '../known.ts';
import { expect, test } from 'vitest';
import { tell } from '../rules.ts';
import { memoryTree, theTree } from '../tree.ts';
import { auditOpenings } from './opening.ts';
import type { Finding } from '../tree.ts';

/** The folder of the list that a file is in, or the file. */
const folderOf = ({ place }: Finding): string => OPENINGS.find((folder) => place.startsWith(`${folder}/`)) ?? place;

test('every file begins with a sentence that says what is in it', () => {
  expect(beyond(OPENINGS, auditOpenings(theTree()), folderOf, 'OPENINGS').map(tell('auditOpenings'))).toEqual([]);
});

test.each([
  ['does not begin with a sentence', `import { a } from './a.ts';\n/** A. */\nexport const b = 1;`],
  ['does not begin with a sentence', `\n/** A. */\nexport const b = 1;`],
  ['does not begin with a sentence', ''],
  ['does not begin with a sentence', '/* A. */'],
  ['does not begin with a sentence', '/** @clause MAP-1 */'],
  ['begins with what is no sentence', '/** zones of a machine. */'],
  ['begins with what is no sentence', '// Zones of a machine\n'],
  ['begins with an instruction to a tool', '// eslint-disable-next-line no-console.\n// Zones.'],
])('a file that %s is found: %j', (what, text) => {
  expect(auditOpenings(memoryTree({ 'src/a.ts': text })).map((one) => one.what)).toEqual([
    expect.stringContaining(what),
  ]);
});

test.each([
  `/** Zones of a machine. */\nimport { a } from './a.ts';`,
  `/** Zones of a machine. @clause MAP-1 */\nexport const a = 1;`,
  `/**\n * Zones of a machine, in the order\n * of their frames.\n *\n * More\n */`,
  `// Zones of a machine,\n// in order.\nimport './a.ts';`,
  `#!/usr/bin/env node\n/** The command. */`,
])('a file that begins with a sentence is not found: %j', (text) => {
  expect(auditOpenings(memoryTree({ 'src/a.ts': text, 'a.config.ts': '' }))).toEqual([]);
});
