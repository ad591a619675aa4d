import type { Clause } from '../../protocol/index.ts';

/** A definition or theorem of Coq, and what it stands for: `file function` of spec and of src, and the clauses. */
export interface Row {
  readonly coq: string;
  readonly file: string;
  readonly spec?: string;
  readonly src?: string;
  readonly clauses: readonly Clause[];
}

const row = (file: string, coq: string, spec: string, src: string, ...clauses: readonly Clause[]): Row => ({
  coq,
  file,
  ...(spec === '' ? {} : { spec }),
  ...(src === '' ? {} : { src }),
  clauses,
});

/** What says what; an audit looks whether each is there. */
export const ROWS: readonly Row[] = [
  row('Pages', 'whole', 'buddy isWhollyFree', '', 'PAIR-1', 'PAIR-2'),
  row('Pages', 'buddy', 'arithmetic buddyOf', 'buddy freePagesOk', 'BLOCK-2'),
  row('Pages', 'listed', 'buddy freeBlocks', '', 'PAIR-4', 'LIST-3', 'LIST-4'),
  row('Pages', 'bit', 'pair exactlyOne', 'free-area markUsed', 'MAP-2'),
  row('Pages', 'add', 'buddy liberate', '', 'GIVE-2'),
  row('Pages', 'del', 'buddy reserve', '', 'TAKE-4'),
  row('Zone', 'put', '', 'list-head listAdd', 'MAP-3'),
  row('Zone', 'take', '', 'list-head listDel', 'MAP-3'),
  row('Zone', 'first', 'placement allocate', 'buddy rmqueue', 'PLACE-1'),
  row(
    'Zone',
    'give_holds',
    'buddy liberate',
    'buddy freePagesOk',
    'GIVE-2',
    'PAIR-4',
    'MAP-2',
    'MAP-3',
    'LIST-3',
    'LIST-4',
  ),
  row('Allocate', 'expand_holds', 'placement split', 'buddy expand', 'PLACE-2'),
  row('Allocate', 'rmqueue_holds', 'buddy reserve', 'buddy rmqueue', 'TAKE-4', 'TAKE-7'),
  row('Allocate', 'allocates_iff', 'step refute', 'buddy rmqueue', 'TAKE-6'),
  row('Allocate', 'restored', '', '', 'STATE-3'),
  row('History', 'history_leaves_no_trace', '', '', 'STATE-2'),
  row('History', 'made', 'buddy boot', 'free-area initZone', 'HAND-1'),
  row('History', 'handed_over', 'buddy handOver', 'allocator handOver', 'HAND-1'),
  row('History', 'any_order', 'buddy handOver', 'allocator handOver', 'HAND-1'),
  row('History', 'inside_the_zone', '', '', 'TAKE-1'),
  row('History', 'inside_the_map', '', 'region mapWords', 'MAP-1'),
  row('History', 'map_cannot_tell', 'misuse freeMisuse', 'mem-map OwnerTable', 'MISUSE-5'),
  row('Swap', 'give_swapped', '', 'buddy freePagesOk', 'BLOCK-2'),
  row('Code', 'free_pages_ok', '', 'buddy freePagesOk', 'BLOCK-1'),
  row('Code', 'code_pair', 'arithmetic indexOf', 'free-area markUsed', 'MAP-1'),
  row('Code', 'code_buddy', 'arithmetic buddyOf', 'page-buddy pageFindBuddy', 'BLOCK-2'),
  row('Code', 'code_parent', 'arithmetic parentOf', 'page-buddy findCombinedIndex', 'BLOCK-2'),
  row('Code', 'expand_pages', 'placement split', 'buddy expand', 'PLACE-2'),
  row('Links', 'list_add_ring', '', 'list-head listAdd', 'LIST-1', 'LIST-2'),
  row('Links', 'list_del_ring', '', 'list-head listDel', 'LIST-1', 'LIST-2'),
];
