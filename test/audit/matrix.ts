import type { Finding, Layer, Tree } from './tree.ts';
import { filesOf, layerOf } from './tree.ts';
import { table } from './clause-table.ts';

/** A concept and the stems of the files that are about it. */
interface Row {
  readonly concept: string;
  readonly stems: readonly string[];
  /** What stands for it that is no file of its own. */
  readonly also?: Readonly<Partial<Record<Layer, string>>>;
}

const ROWS: readonly Row[] = [
  { concept: 'units', stems: ['unit', 'types'] },
  {
    concept: 'clauses',
    stems: ['clause', 'clauses', 'clause-text', 'zone-clauses', 'claim', 'counterexample', 'invariant', 'place', 'all'],
  },
  { concept: 'arithmetic of blocks', stems: ['arithmetic'] },
  { concept: 'arena and its memory', stems: ['machine', 'construct', 'region', 'arena', 'opening'] },
  { concept: 'pair and bit map', stems: ['pair', 'bitmap'] },
  { concept: 'free list', stems: ['list-head', 'free-area', 'mem-map', 'links', 'list'] },
  { concept: 'buddy system; 2.4', stems: ['buddy'] },
  { concept: 'page buddies, 2.6', stems: ['page-buddy'] },
  { concept: 'placement', stems: ['placement'] },
  { concept: 'command and outcome', stems: ['command', 'outcome', 'answer', 'allocator', 'course'] },
  { concept: 'misuse and owners', stems: ['misuse', 'owner', 'partition', 'bug'] },
  {
    concept: 'hand-over',
    stems: [],
    also: {
      protocol: '`hand-over` in [command](protocol/command.ts)',
      spec: '`handOver` in [buddy](spec/buddy.ts)',
      src: '`handOver` in [allocator](src/allocator.ts)',
    },
  },
  {
    concept: 'observation',
    stems: ['observation', 'observe', 'reading', 'layer', 'keep', 'views', 'compare', 'compare-machine'],
  },
  { concept: 'step', stems: ['step', 'move', 'outside', 'history'] },
  { concept: 'zone', stems: ['zone', 'draw-zones'] },
  { concept: 'zonelist', stems: ['zonelist', 'gfp', 'page-alloc', 'page-placement', 'page-step', 'page-nodes'] },
  { concept: 'page and its users', stems: ['page', 'physical-memory', 'machine-step'] },
  { concept: 'reclaim', stems: ['reclaim', 'lru', 'machine-lru'] },
  { concept: 'node', stems: ['node'] },
  { concept: 'fragmentation', stems: ['fragmentation', 'buddyinfo'] },
  {
    concept: 'boot memory',
    stems: [
      'boot',
      'bootmem',
      'bootmem-data',
      'bootmem-alloc',
      'bootmem-construct',
      'bootmem-face',
      'bootmem-observe',
      'boot-all',
      'boot-answer',
      'boot-compare',
      'boot-invariants',
      'boot-clauses',
      'boot-departures',
      'boot-ground',
      'boot-kernel',
      'boot-machine',
      'boot-misuse',
      'boot-placement',
      'boot-step',
      'boot-worked',
      'first-fit',
      'spec-boot',
    ],
  },
  { concept: 'retirement', stems: ['bootmem-retire', 'boot-zones', 'retirement', 'boot-story', 'start-kernel'] },
  { concept: 'sizes of things', stems: ['firmware'] },
];

const COLUMNS: readonly Layer[] = ['protocol', 'spec', 'src', 'invariants', 'conformance', 'proof', 'test'];

/** The layers of which every file belongs to a concept. */
const SORTED: readonly Layer[] = ['protocol', 'spec', 'src', 'invariants'];

const nameOf = (path: string): string => path.slice(path.indexOf('/') + 1).replace(/(?:\.test)?(?:-d)?\.ts$/u, '');
const stemOf = (path: string): string => nameOf(path).replace(/^.*\//u, '');

/** Of the tests, those that say what they are about. */
const isShown = (path: string): boolean =>
  layerOf(path) !== 'test' || (/\.test(?:-d)?\.ts$/u.test(path) && !path.startsWith('test/audit/'));

/** Concept by layer: the files that stand for it. */
export function matrixPart(tree: Tree): string {
  const paths = filesOf(tree)
    .map(([path]) => path)
    .filter(isShown);
  const rows = ROWS.map(({ concept, stems, also }) => {
    const cells = COLUMNS.map((layer) => {
      const own = paths.filter((path) => layerOf(path) === layer && stems.includes(stemOf(path)));
      return [...own.map((path) => `[${nameOf(path)}](${path})`), also?.[layer] ?? ''].join(' ').trim();
    });
    return [concept, ...cells];
  });
  return table(['', ...COLUMNS], rows);
}

/** Files that no row of the matrix has. */
export const auditMatrix = (tree: Tree): readonly Finding[] =>
  filesOf(tree, ...SORTED)
    .map(([place]) => place)
    .filter((path) => stemOf(path) !== 'index' && !ROWS.some(({ stems }) => stems.includes(stemOf(path))))
    .map((place) => ({ place, what: 'is about no concept of ARCHITECTURE.md: add its stem to test/audit/matrix.ts' }));
