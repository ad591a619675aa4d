/** The parts about clauses: what is claimed, and how each claim is shown. */

import { COUNTED, counted } from '../part.ts';
import { read } from '../freshness.ts';
import type { Block, Entry, Part } from '../part.ts';
import type { Shown } from '../evidence.ts';

const familyOf = (id: string): string => id.replace(/-\d+$/u, '');

const files = (label: string, paths: readonly string[]): readonly (readonly [string, string])[] =>
  paths.length === 0 ? [] : [[label, paths.map((path) => `\`${path}\``).join(' ')]];

/** A clause as the report claims it: its sentence, where it is from, and every place that it can be looked up in. */
const entryOf = (clause: Shown): Entry => ({
  id: clause.id,
  name: clause.property,
  text: clause.sentence,
  facts: [
    ['source', clause.source],
    ...files('specification', clause.spec),
    ...files('code', clause.src),
    ...files('invariants', clause.invariants),
    ...files('tests', clause.tests),
    ...(clause.faults.length === 0 ? [] : [['faults', clause.faults.join('; ')] as const]),
    ...files('Coq', clause.coq),
    ...clause.reasons.map((reason) => ['exempt', reason] as const),
  ],
});

/** Returns the part that lists every clause. */
export function claimsPart(all: readonly Shown[]): Part {
  const families = [...new Set(all.map(({ id }) => familyOf(id)))];
  const blocks = families.flatMap((family): readonly Block[] => {
    const inside = all.filter(({ id }) => familyOf(id) === family);
    return [
      { kind: 'heading', text: `${family}: ${counted(inside.length, 'clause')}` },
      { kind: 'entries', entries: inside.map(entryOf) },
    ];
  });
  return {
    id: 'claims',
    title: 'What is claimed',
    about: `Every rule is a clause with an id that never changes its meaning: ${all.length} of them, each with its source and with the places that speak of it. An allocator is judged by the clauses of its claims; the reference implementation is held to all.`,
    state: COUNTED,
    read: read('spec', 'protocol/clause.ts', 'test/audit/clauses'),
    blocks,
  };
}

const numberOf = (all: readonly string[]): string => (all.length === 0 ? '' : String(all.length));

/** Returns the part with a row for each clause: how much of each kind of evidence there is. */
export function evidencePart(all: readonly Shown[]): Part {
  const without = (has: (clause: Shown) => boolean): string => String(all.filter((one) => !has(one)).length);
  const rows = all.map((one) => [
    one.id,
    ...[one.spec, one.src, one.invariants, one.tests, one.faults].map(numberOf),
    one.vectors === 0 ? '' : String(one.vectors),
    numberOf(one.coq),
    one.witness,
  ]);
  const none = [
    'clauses without',
    without(({ spec }) => spec.length > 0),
    without(({ src }) => src.length > 0),
    without(({ invariants }) => invariants.length > 0),
    without(({ tests }) => tests.length > 0),
    without(({ faults }) => faults.length > 0),
    without(({ vectors }) => vectors > 0),
    without(({ coq }) => coq.length > 0),
    without(({ witness }) => witness === 'seen'),
  ];
  const heads = ['clause', 'specification', 'code', 'invariants', 'tests', 'faults', 'vectors', 'Coq', 'witness'];
  return {
    id: 'evidence',
    title: 'How each claim is shown',
    about:
      'For each clause: files of `spec` and of `src` that cite it, invariants that refute it, files with a test that names it, faults on purpose that refute it first, test vectors that refute it, definitions and theorems in Coq about it. A witness is a mutant of code that cites the clause, killed by a test that names it, in a file that has not changed since; "not seen" is no proof that there is none, because of most mutants only the first killer is known. An empty cell is none; why there is no code or no invariant, the clause itself says under "exempt".',
    state: COUNTED,
    read: read('spec', 'src', 'invariants', 'test', 'proof/unbounded/correspondence.ts'),
    blocks: [{ kind: 'table', caption: 'Clauses by evidence', heads, rows: [none, ...rows] }],
  };
}
