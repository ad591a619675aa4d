/** The generated table of clauses in spec/README.md. */

import { citations, idsOf } from '../clauses/citations.ts';
import { CLAUSES } from '../../../spec/clauses.ts';
import type { ClauseText } from '../../../spec/clause-text.ts';
import type { Exempt, Reasons } from '../clauses/citations.ts';
import type { Tree } from '../tree.ts';

const TEXTS: Readonly<Partial<Record<string, ClauseText>>> = CLAUSES;

/** Returns a table in Markdown. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

/** Returns files as links from `spec`, named by their stems. */
const links = (paths: readonly string[]): string =>
  paths
    .map((path) => {
      const name = path.replace(/^(?:spec|src|test)\//u, '').replace(/(?:\.test)?\.ts$/u, '');
      return `[${name}](${path.startsWith('spec/') ? path.slice('spec/'.length) : `../${path}`})`;
    })
    .join(' ');

function clauseRows(tree: Tree): readonly (readonly string[])[] {
  const all = citations(tree);
  return idsOf(tree).map((id) => {
    const { property, sentence, source } = TEXTS[id] ?? { property: '', sentence: '', source: '' };
    const cited = all.get(id);
    const names = (cited?.invariants ?? []).map((name) => `\`${name}\``).join(' ');
    const [spec, src, tests] = [cited?.spec ?? [], cited?.src ?? [], cited?.tests ?? []].map(links);
    return [id, `\`${property}\``, sentence, source, spec ?? '', src ?? '', names, tests ?? ''];
  });
}

/** Returns one line for each reason: the clauses that share it, then the reason. */
function reasonLines(heading: string, reasons: Reasons, ids: readonly string[]): string {
  const whys = new Set(ids.flatMap((id) => reasons[id] ?? []));
  const lines = [...whys].map((why) => `- ${ids.filter((id) => reasons[id] === why).join(', ')}: ${why}.`);
  return [heading, '', ...lines].join('\n');
}

/** Returns the table of clauses with all that cites each, and the reasons why nothing does. */
export function clausePart(tree: Tree, exempt: Exempt): string {
  const ids = idsOf(tree);
  const heads = ['clause', 'property', 'sentence', 'source', 'spec', 'src', 'invariant', 'tests'];
  return [
    table(heads, clauseRows(tree)),
    reasonLines('No code in spec:', exempt.spec, ids),
    reasonLines('No code in src:', exempt.src, ids),
    reasonLines('No invariant:', exempt.invariants, ids),
  ].join('\n\n');
}
