/** The audit of the correspondence with Coq, and its generated table. */

import { ROWS } from '../../../proof/unbounded/correspondence.ts';
import type { Finding, Layer, Tree } from '../tree.ts';
import type { Row } from '../../../proof/unbounded/correspondence.ts';
import { filesOf } from '../tree.ts';
import { table } from './clause-table.ts';

/** Reports whether a file of Coq defines or proves something of a name. */
export const definesIn = (text: string, name: string): boolean =>
  new RegExp(`^(?:Definition|Fixpoint|Inductive|Lemma|Theorem|Corollary|Record) ${name}\\b`, 'mu').test(text);

/** Reports whether a file of a layer has a function, a class, a method, a constant or a type of a name. */
function isThere(tree: Tree, layer: Layer, place: string): boolean {
  const [stem = '', name = ''] = place.split(' ');
  return filesOf(tree, layer).some(([path, file]) => {
    if (path !== `${layer}/${stem}.ts`) return false;
    const classes = file.getClasses();
    const methods = classes.flatMap((one) => one.getMethods().map((method) => method.getName()));
    const declared = [...file.getFunctions(), ...classes, ...file.getTypeAliases(), ...file.getVariableDeclarations()];
    return [...methods, ...declared.map((one) => one.getName())].includes(name);
  });
}

/** Reports rows that name something that does not exist. `texts`: the texts of Coq's files. */
export function auditCorrespondence(
  tree: Tree,
  texts: ReadonlyMap<string, string>,
  clauses: readonly string[],
  rows: readonly Row[] = ROWS,
): readonly Finding[] {
  return rows.flatMap(({ coq, file, spec, src, clauses: cited }) => {
    const wrong = [
      ...(definesIn(texts.get(file) ?? '', coq) ? [] : [`${file}.v does not define it`]),
      ...(spec === undefined || isThere(tree, 'spec', spec) ? [] : [`there is no ${spec} in spec`]),
      ...(src === undefined || isThere(tree, 'src', src) ? [] : [`there is no ${src} in src`]),
      ...cited.filter((id) => !clauses.includes(id)).map((id) => `there is no clause ${id}`),
    ];
    return wrong.map((what) => ({ place: coq, what }));
  });
}

const linked = (layer: Layer, place: string | undefined): string => {
  const [stem = '', name = ''] = (place ?? '').split(' ');
  return place === undefined ? '' : `[\`${name}\`](../../${layer}/${stem}.ts)`;
};

/** Returns the table of what each definition and theorem in Coq corresponds to in spec and src. */
export const correspondencePart = (): string =>
  table(
    ['Coq', 'spec', 'src', 'clauses'],
    ROWS.map(({ coq, file, spec, src, clauses }) => [
      `[\`${coq}\`](${file}.v)`,
      linked('spec', spec),
      linked('src', src),
      clauses.join(' '),
    ]),
  );
