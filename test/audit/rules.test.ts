/** The audit of audits: each says why it is there and what to do instead, and is seen to fail. */

import { RULES, tell } from './rules.ts';
import { expect, test } from 'vitest';
import { filesOf, memoryTree, theTree } from './tree.ts';
import type { Tree } from './tree.ts';

/** Returns what is wrong with the audits of a tree. */
function auditAudits(tree: Tree, ruled: readonly string[]): readonly string[] {
  const files = filesOf(tree, 'test').filter(([path]) => path.startsWith('test/audit/'));
  const tests = files
    .filter(([path]) => path.endsWith('.test.ts'))
    .map(([, file]) => file.getFullText().replace(/\s+/gu, ''));
  const audits = files.flatMap(([path, file]) => {
    const names = [...file.getExportedDeclarations().keys()].filter((name) => /^audit[A-Z]/u.test(name));
    return names.map((name) => ({ name, path, text: file.getFullText() }));
  });
  const wrong = audits.flatMap(({ name, path, text }) => {
    const isRuled = ruled.includes(name);
    const shown = isRuled ? `tell('${name}')` : 'show';
    const ends = ['', ','].map((comma) => `.map(${shown})${comma}).toEqual([])`);
    const isTold = tests.some((one) => one.includes(`${name}(`) && ends.some((end) => one.includes(end)));
    const calls = tests.flatMap((one) => [...one.matchAll(new RegExp(`${name}\\(`, 'gu'))]).length;
    return [
      ...(isRuled || text.includes('const BECAUSE = ') ? [] : ['says neither why nor what to do instead']),
      ...(isTold ? [] : ['is not held against the project with its whole message']),
      ...(calls > 1 ? [] : ['is never seen to fail']),
    ].map((what) => `${path}: ${name} ${what}`);
  });
  const names = audits.map(({ name }) => name);
  return [
    ...wrong,
    ...ruled.filter((name) => !names.includes(name)).map((name) => `${name} is ruled, and is no audit`),
  ];
}

test('every audit says why, and what to do instead, and has a fixture that fails', () => {
  expect(auditAudits(theTree(), Object.keys(RULES))).toEqual([]);
  expect(Object.values(RULES).filter(({ because, instead }) => because.length < 20 || instead.length < 10)).toEqual([]);
});

test('a message has the place, what is wrong, why, and what to do instead', () => {
  expect(tell('auditNames')({ place: 'src/util.ts', what: 'is bad' })).toMatch(
    /^src\/util\.ts: is bad - .+; instead .+$/u,
  );
  expect(() => tell('auditNothing')).toThrow('auditNothing has no rule');
});

test('an audit that says nothing, is not told, or never fails is found, and a rule of none', () => {
  const files = {
    'test/audit/a.ts': 'export const auditA = 1; export const auditB = 2;',
    'test/audit/b.ts': "const BECAUSE = ''; export const auditC = 1;",
    'test/audit/a.test.ts':
      "auditB(1).map(tell('auditB')).toEqual([]); auditB(2); x(auditC(1).map(show)).toEqual([]); auditC(2);",
  };
  const found = auditAudits(memoryTree(files), ['auditB', 'auditD']);
  expect(found).toEqual([
    'test/audit/a.ts: auditA says neither why nor what to do instead',
    'test/audit/a.ts: auditA is not held against the project with its whole message',
    'test/audit/a.ts: auditA is never seen to fail',
    'test/audit/a.ts: auditB is not held against the project with its whole message',
    'auditD is ruled, and is no audit',
  ]);
});
