/** The audits of types: protocol leaves no code, units are given in one file, typed arrays are indexed in few. */

import { Node, SyntaxKind, ts } from 'ts-morph';
import type { Finding, Tree } from '../tree.ts';
import { filesOf, layerOf, placeOf } from '../tree.ts';
import type { Type } from 'ts-morph';

/** Reports files of `protocol` that leave code at run time. */
export function auditErased(tree: Tree): readonly Finding[] {
  const compilerOptions: ts.CompilerOptions = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2023,
    verbatimModuleSyntax: true,
    removeComments: true,
  };
  return filesOf(tree, 'protocol').flatMap(([place, file]) => {
    const emitted = ts.transpileModule(file.getFullText(), { compilerOptions }).outputText.trim();
    return emitted === 'export {};' ? [] : [{ place, what: `it compiles to '${emitted.slice(0, 60)}'` }];
  });
}

const BRAND =
  /\b(?:Order|Pfn|FrameIndex|ByteAddress|Owner|Unit|Gfp|ZonelessGfp|NodeId|TaskFlags|VirtualAddress|Weak|Page|ListHead|BitIndex|NodePage|Count|CacheIndex|Words)\b/u;

/** Reports casts that give a number a unit outside the one file of a layer that may. */
export function auditBrands(tree: Tree): readonly Finding[] {
  return filesOf(tree).flatMap(([place, file]) => {
    if (place === `${layerOf(place)}/unit.ts` || place === 'src/words/unit.ts') return [];
    return [
      ...file.getDescendantsOfKind(SyntaxKind.AsExpression),
      ...file.getDescendantsOfKind(SyntaxKind.TypeAssertionExpression),
    ].flatMap((cast) => {
      const written = cast.getTypeNode();
      if (written === undefined || written.getText() === 'const') return [];
      const meant = `${written.getText()} ${written.getType().getText(cast)}`;
      return BRAND.test(meant) ? [{ place: placeOf(place, cast), what: `'${cast.getText()}' gives a unit` }] : [];
    });
  });
}

/** The files of `src` that may index a typed array: each checks every access, or writes with an index that was checked. */
const CHECKED = [
  'src/words/list-head.ts',
  'src/words/bitmap.ts',
  'src/words/field.ts',
  'src/buddy/zone.ts',
  'src/buddy/owner.ts',
];

const TYPED = /^(?:Int|Uint|Float|BigInt|BigUint)(?:8|16|32|64)(?:Clamped)?Array$/u;

const isTyped = (type: Type): boolean =>
  TYPED.test(type.getSymbol()?.getName() ?? '') ||
  type.getUnionTypes().some(isTyped) ||
  type.getIntersectionTypes().some(isTyped);

/** Reports accesses to elements of typed arrays outside the files that check every index. */
export function auditTypedArrays(tree: Tree): readonly Finding[] {
  return filesOf(tree, 'src').flatMap(([place, file]) => {
    if (CHECKED.includes(place)) return [];
    const indexed = file
      .getDescendantsOfKind(SyntaxKind.ElementAccessExpression)
      .filter((access) => isTyped(access.getExpression().getType()));
    const asked = file
      .getDescendantsOfKind(SyntaxKind.PropertyAccessExpression)
      .filter(
        (access) => ['at', 'with', 'set'].includes(access.getName()) && isTyped(access.getExpression().getType()),
      );
    const unpacked = file
      .getDescendantsOfKind(SyntaxKind.VariableDeclaration)
      .filter((declared) => Node.isArrayBindingPattern(declared.getNameNode()))
      .filter(
        (declared) => declared.getInitializer() !== undefined && isTyped(declared.getInitializerOrThrow().getType()),
      );
    return [...indexed, ...asked, ...unpacked].map((node) => ({
      place: placeOf(place, node),
      what: `'${node.getText()}' indexes a typed array`,
    }));
  });
}
