/** The generated tables of src/README.md: functions of the kernel, and departures from it. */

import { Node } from 'ts-morph';
import type { Finding, Tree } from '../tree.ts';
import { filesOf } from '../tree.ts';
import { table } from './clause-table.ts';
import { testFiles, testNames } from '../clauses/citations.ts';

/** A tag of a comment, the text after it, and the name of what the comment describes. */
interface Tag {
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

function nameOf(node: Node): string {
  if (Node.isVariableStatement(node)) return node.getDeclarations()[0]?.getName() ?? '';
  const name = Node.hasName(node) ? node.getName() : '';
  const holder = node.getParent();
  const isMember = Node.isClassDeclaration(holder) || Node.isInterfaceDeclaration(holder);
  return isMember ? `${holder.getName() ?? ''}.${name}` : name;
}

/** Returns every tag of one kind in `src`; one comment, even one line, may have several. */
function tagsNamed(tree: Tree, tag: string): readonly Tag[] {
  const pattern = new RegExp(`@${tag}\\s+([^@]+)`, 'gu');
  return filesOf(tree, 'src').flatMap(([path, file]) =>
    file.getDescendants().flatMap((node) => {
      if (!Node.isJSDocable(node)) return [];
      const texts = node.getJsDocs().flatMap((doc) => [...doc.getInnerText().matchAll(pattern)]);
      return texts.map(([, text]) => ({ path, name: nameOf(node), text: (text ?? '').replace(/\s+/gu, ' ').trim() }));
    }),
  );
}

const stemOf = (path: string): string => `[${path.slice('src/'.length, -'.ts'.length)}](${path.slice('src/'.length)})`;

/** Returns the table of what each function and type of `src` is called in the kernel. */
export function linuxPart(tree: Tree): string {
  const rows = tagsNamed(tree, 'linux').map(({ path, name, text }) => {
    const [, file, what, version] = /^(\S+)\s+(.*?)(?:\s+\((\d[\d.]*)\))?$/u.exec(text) ?? [];
    if (file === undefined || what === undefined)
      throw new Error(`${path}: '@linux ${text}' names no file and function`);
    return [`\`${name}\``, stemOf(path), `\`${what}\``, file, version ?? '2.4.22'];
  });
  return table(['here', 'file', 'there', 'kernel file', 'kernel'], rows);
}

/** Returns the test files with a test that is named after a departure. */
const testsOf = (tree: Tree, id: string): readonly string[] =>
  testFiles(tree)
    .filter(([, file]) => testNames(file).some((name) => new RegExp(`(?:^|, )${id}\\b`, 'u').test(name)))
    .map(([path]) => path);

/** Returns the table of departures from the kernel: where, why, and the tests named after each. */
export function departurePart(tree: Tree): string {
  const rows = tagsNamed(tree, 'departure').map(({ path, name, text }) => {
    const [, id, why] = /^([A-Z][A-Z-]+)\s+(.+)$/u.exec(text) ?? [];
    if (id === undefined || why === undefined) throw new Error(`${path}: '@departure ${text}' has no name and reason`);
    return [id, why, `\`${name}\``, stemOf(path), testsOf(tree, id).map(testLink).join(' ')];
  });
  return table(['departure', 'what is different', 'at', 'file', 'tests'], rows.toSorted());
}

const testLink = (path: string): string => `[${path.slice('test/'.length, -'.test.ts'.length)}](../${path})`;

/** Reports departures of boot memory that no test is named after. Such a test states both behaviours. */
export function auditDepartures(tree: Tree): readonly Finding[] {
  return tagsNamed(tree, 'departure')
    .filter(({ path }) => path.startsWith('src/boot/'))
    .map(({ path, text }) => ({ place: path, id: text.split(' ')[0] ?? '' }))
    .filter(({ id }) => testsOf(tree, id).length === 0)
    .map(({ id, place }) => ({ place, what: `the departure ${id} is in the name of no test` }));
}
