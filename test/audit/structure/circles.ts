/** The audit that forbids circles of imports, imports of types included. */

import type { Finding, Tree } from '../tree.ts';
import type { Import } from './imports.ts';
import { edge, importsOf } from './imports.ts';
import { rankOf } from './room-arrows.ts';

type Graph = ReadonlyMap<string, readonly Import[]>;

function graphOf(imports: readonly Import[]): Graph {
  const graph = new Map<string, Import[]>();
  for (const one of imports) {
    const out = graph.get(one.from);
    if (out === undefined) graph.set(one.from, [one]);
    else out.push(one);
  }
  return graph;
}

/** Drops, again and again, the imports of files that import nothing or are imported by nothing: they are in no circle. */
function trimmed(imports: readonly Import[]): readonly Import[] {
  const [importers, imported] = [new Set(imports.map(({ from }) => from)), new Set(imports.map(({ to }) => to))];
  const left = imports.filter(({ from, to }) => importers.has(to) && imported.has(from));
  return left.length === imports.length ? left : trimmed(left);
}

/** Returns the shortest way from a file back to itself, if there is one. */
function shortestCircle(graph: Graph, start: string): readonly Import[] | undefined {
  const ways: (readonly Import[])[] = (graph.get(start) ?? []).map((one) => [one]);
  const met = new Set<string>();
  for (const way of ways) {
    const at = way.at(-1)?.to ?? start;
    if (at === start) return way;
    if (met.has(at)) continue;
    met.add(at);
    for (const next of graph.get(at) ?? []) ways.push([...way, next]);
  }
  return undefined;
}

/**
 * Chooses the import to cut: one that leads to a higher room or layer; else one of types alone; else the one with the fewest
 * names, which are the easiest to move out.
 */
function toCut(circle: readonly Import[]): Import | undefined {
  const cost = (one: Import): number => {
    if (rankOf(one.to) > rankOf(one.from)) return one.names.length;
    return (one.types ? 1000 : 2000) + one.names.length;
  };
  return circle.toSorted((one, other) => cost(one) - cost(other))[0];
}

function told(circle: readonly Import[]): Finding {
  const [first] = circle;
  const cut = toCut(circle);
  const way = [first?.from ?? '', ...circle.map(({ to }) => to)].join(' -> ');
  const names = cut === undefined || cut.names.length === 0 ? 'what it imports' : cut.names.join(', ');
  const advice = `split ${cut?.to ?? ''}: give ${names}, which ${cut?.from ?? ''} needs, a file of its own`;
  return { place: cut === undefined ? '' : edge(cut), what: `circle of imports: ${way}; ${advice}` };
}

/** Reports circles of imports, shortest first, each once; an import that one finding advises to cut is in no other. */
export function auditCircles(tree: Tree, known: readonly string[] = []): readonly Finding[] {
  let left = trimmed(importsOf(tree).filter((one) => !known.includes(edge(one))));
  const findings: Finding[] = [];
  for (;;) {
    const graph = graphOf(left);
    const circles = [...graph.keys()].flatMap((start) => {
      const circle = shortestCircle(graph, start);
      return circle === undefined ? [] : [circle];
    });
    const [shortest] = circles.toSorted((one, other) => one.length - other.length);
    if (shortest === undefined) return findings;
    const finding = told(shortest);
    findings.push(finding);
    left = trimmed(left.filter((one) => edge(one) !== finding.place));
  }
}

/** Reports entries of a list of known circles that close none: the import is gone, or leads back no more. */
export function auditKnownCircles(tree: Tree, known: readonly string[]): readonly Finding[] {
  const imports = importsOf(tree);
  return known.flatMap((entry) => {
    const [start = ''] = entry.split(' -> ');
    const graph = graphOf(
      imports.filter((one) => edge(one) === entry || (one.from !== start && !known.includes(edge(one)))),
    );
    return shortestCircle(graph, start) !== undefined
      ? []
      : [{ place: entry, what: 'closes no circle: delete it from CIRCLES in test/audit/known.ts' }];
  });
}
