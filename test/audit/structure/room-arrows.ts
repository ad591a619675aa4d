/** The audit of arrows between rooms, inside a layer. */

import type { Finding, Tree } from '../tree.ts';
import { LAYERS, layerOf } from '../tree.ts';
import { edge, importsOf } from './imports.ts';

/** What a room may import from other rooms of its layer: all of it, or its types alone. */
type May = Readonly<Record<string, Readonly<Record<string, 'all' | 'types'>>>>;

const all = (...rooms: readonly string[]): Readonly<Record<string, 'all'>> =>
  Object.fromEntries(rooms.map((room) => [room, 'all'] as const));

const THREE: May = {
  shared: {},
  buddy: all('shared'),
  smp: all('shared', 'buddy'),
  boot: all('shared', 'buddy'),
  machine: all('shared', 'buddy'),
  machine26: all('shared', 'buddy'),
  top: all('shared', 'buddy', 'smp', 'boot', 'machine', 'machine26'),
};

/** By layer: rooms from the lowest to the highest, with what each may import. */
const ARROWS: Readonly<Record<string, May>> = {
  spec: THREE,
  invariants: THREE,
  src: {
    words: {},
    buddy: all('words'),
    smp: all('words', 'buddy'),
    boot: all('words', 'buddy'),
    machine: all('words', 'buddy', 'boot', 'smp'),
    machine26: all('words', 'buddy'),
    top: all('words', 'buddy', 'smp', 'boot', 'machine', 'machine26'),
  },
  conformance: {
    shared: {},
    judge: all('shared'),
    wire: { ...all('shared'), judge: 'types' },
    'kinds/buddy': all('shared', 'judge', 'wire'),
    'kinds/boot': all('shared', 'judge', 'wire', 'kinds/buddy'),
    'kinds/machine': all('shared', 'judge', 'wire', 'kinds/buddy'),
    'kinds/smp': all('shared', 'judge', 'wire', 'kinds/buddy'),
    kinds: all('shared', 'judge', 'wire', 'kinds/buddy', 'kinds/boot', 'kinds/machine', 'kinds/smp'),
    subjects: { ...all('shared', 'wire', 'kinds/buddy', 'kinds/boot', 'kinds/machine', 'kinds/smp'), judge: 'types' },
    vectors: all('shared', 'judge', 'kinds/buddy', 'kinds/boot', 'kinds/machine'),
    audit: all('shared', 'judge', 'wire', 'subjects', 'kinds', 'kinds/buddy'),
    explain: all('shared'),
    firmware: all('shared', 'explain'),
    trace: all('shared'),
    cli: all(
      'shared',
      'judge',
      'wire',
      'subjects',
      'kinds',
      'kinds/buddy',
      'kinds/boot',
      'kinds/machine',
      'audit',
      'demo',
      'explain',
      'firmware',
      'trace',
      'vectors',
    ),
    demo: all('shared', 'judge', 'wire', 'subjects', 'kinds', 'kinds/buddy', 'kinds/boot', 'kinds/machine', 'cli'),
    top: all(
      'shared',
      'judge',
      'wire',
      'subjects',
      'kinds',
      'kinds/buddy',
      'kinds/boot',
      'kinds/machine',
      'cli',
      'audit',
      'demo',
    ),
  },
};

/** Files that stand above the rooms of their layer; all others beside the rooms are shared by the rooms, and stand below. */
const TOP = ['src/start-kernel.ts', 'spec/clauses.ts', 'invariants/all.ts'];

/** Returns the room of a file, if its layer has rooms; `shared` and `top` are the files beside them. */
export function roomOf(path: string): string | undefined {
  const [layer = '', room = '', part = '', ...rest] = path.split('/');
  const rooms = ARROWS[layer];
  if (rooms === undefined) return undefined;
  if (part === '') return path === `${layer}/index.ts` || TOP.includes(path) || layer === 'src' ? 'top' : 'shared';
  return room === 'kinds' && rest.length > 0 ? `kinds/${part}` : room;
}

/** Returns how high a file stands: by layer, then by room. */
export function rankOf(path: string): number {
  const layer = layerOf(path);
  const rooms = Object.keys(ARROWS[layer ?? ''] ?? {});
  return 100 * LAYERS.findIndex((one) => one === layer) + rooms.indexOf(roomOf(path) ?? '');
}

/** Reports imports inside a layer that no arrow between its rooms permits. */
export function auditRoomArrows(tree: Tree): readonly Finding[] {
  return importsOf(tree).flatMap((one) => {
    const [layer, from, to] = [layerOf(one.from), roomOf(one.from), roomOf(one.to)];
    if (layer === undefined || layer !== layerOf(one.to) || from === undefined || to === undefined || from === to)
      return [];
    const may = ARROWS[layer]?.[from]?.[to];
    if (may === 'all' || (may === 'types' && one.types)) return [];
    const permitted = may === 'types' ? 'only types' : 'nothing';
    return [{ place: edge(one), what: `in ${layer}, ${from} imports ${permitted} from ${to}` }];
  });
}
