/** The parts about faults on purpose: which search finds which, after how many operations, and which invariant finds which alone. */

import { ROWS, UNSEEN } from '../../fault/matrix/rows.ts';
import { some } from '../part.ts';
import { read, sinceWritten } from '../freshness.ts';
import { tableIn, tablesIn } from '../markdown.ts';
import type { Part, State, Table } from '../part.ts';

/** The record: a table that `npm run matrix` writes. */
export const MATRIX = 'test/fault/matrix/MATRIX.md';

/** What the record is about: what is broken, and who judges. */
export const JUDGED: readonly string[] = [
  'protocol',
  'spec',
  'src',
  'invariants',
  'conformance/judge',
  'conformance/kinds',
  'test/fault',
];

/** Returns what a record and the faults that there are disagree in. */
export function disagreement(recorded: readonly string[], faults: readonly string[]): string | undefined {
  const [without, gone] = [
    faults.filter((name) => !recorded.includes(name)),
    recorded.filter((name) => !faults.includes(name)),
  ];
  const said = [
    ...(without.length === 0 ? [] : [`${without.length} without a row: ${some(without, 3)}`]),
    ...(gone.length === 0 ? [] : [`${gone.length} rows of faults that there are no more: ${some(gone, 3)}`]),
  ];
  return said.length === 0 ? undefined : said.join('; ');
}

/** Returns the faults that the record should have a row of. */
export const seenFaults = (): readonly string[] =>
  ROWS.map(({ name, room }) => `${room}: ${name}`).filter((name) => !UNSEEN.has(name.replace(/^\w+: /u, '')));

/** Returns the faults that a table has a row of. */
export const rowsOf = ({ rows }: Table): readonly string[] => rows.map(([room = '', name = '']) => `${room}: ${name}`);

function stateOf(table: Table): State {
  const since = sinceWritten(MATRIX, JUDGED);
  const differs = disagreement(rowsOf(table), seenFaults());
  return differs === undefined ? since : { is: 'stale', why: `${since.why}; faults ${differs}` };
}

/** Returns the part about faults on purpose. `text`: the record; undefined if it is not there. */
export function faultsPart(text: string | undefined): Part {
  const table = text === undefined ? undefined : tableIn(text, 'Faults by search: operations until it was found');
  return {
    id: 'faults',
    title: 'Which fault is found by what',
    about:
      'Allocators broken on purpose, one slip each. The figures are operations judged until a search with default options found the fault, the median over some seeds. `inside`: all that the allocator holds is compared; `misuse`, `best-fit`, `complete`: answers alone, with fewer and fewer claims; `exhaustive 8`: every state of eight frames. An empty cell: what such a run sees of the fault is permitted.',
    state:
      table === undefined
        ? { is: 'missing', why: `there is no ${MATRIX}; \`npm run matrix\` writes it` }
        : stateOf(table),
    read: table === undefined ? [] : read(MATRIX, ...JUDGED),
    blocks: [
      ...(table === undefined ? [] : [table]),
      {
        kind: 'list',
        caption: 'Faults that no run of the judge can see',
        items: [...UNSEEN].map(([name, why]) => `${name}: ${why}`),
      },
    ],
  };
}

/** The page about invariants alone, which `npm run generate` makes. */
export const ALONE = 'test/fault/alone/ALONE.md';

/** What the page is about: what is broken, who is asked, and what the lives are made of. */
export const LIVED: readonly string[] = [
  ...['protocol', 'spec', 'src', 'invariants', 'conformance/audit/invariants', 'conformance/kinds'],
  ...['test/arbitrary', 'test/lockstep', 'test/trace', 'test/fault'],
];

/** Returns the state of the page. One that came out the same after a change is not written anew, but was compared. */
function aloneState(): State {
  const { is, why } = sinceWritten(ALONE, LIVED);
  return { is, why: `${why}; \`npm test\` compares it with what is found anew` };
}

/** Returns the part about invariants alone. `text`: the page; undefined if it is not there. */
export const alonePart = (text: string | undefined): Part => ({
  id: 'alone',
  title: 'What each invariant finds alone',
  about:
    'Every fault on purpose of a zone, of boot memory and of a machine, in lives that are always the same, with each invariant as the only judge. One that is never the only one to refute a fault either refutes a zone, with one thing wrong in it, that no other does, or has a reason to stand. Figures of faults are calls until the invariant was refuted.',
  state:
    text === undefined ? { is: 'missing', why: `there is no ${ALONE}; \`npm run generate\` makes it` } : aloneState(),
  read: text === undefined ? [] : read(ALONE, ...LIVED),
  blocks: tablesIn(text ?? '').map((table) => ({ ...table, caption: `${table.caption}, each alone` })),
});
