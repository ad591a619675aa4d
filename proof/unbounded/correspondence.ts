/** The table of what each definition and theorem in Coq stands for in spec and in src. */

import type { Clause } from '../../protocol/index.ts';

/** A definition or theorem in Coq and its counterparts: `file function` in spec and in src, and the clauses. */
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

/** All rows; an audit checks that everything named exists. */
export const ROWS: readonly Row[] = [
  row('hand/Pages', 'whole', 'buddy/state isWhollyFree', '', 'PAIR-1', 'PAIR-2'),
  row('hand/Pages', 'buddy', 'arithmetic buddyOf', 'buddy/buddy freePagesOk', 'BLOCK-2'),
  row('hand/Pages', 'listed', 'buddy/state freeBlocks', '', 'PAIR-4', 'LIST-3', 'LIST-4'),
  row('hand/Pages', 'bit', 'buddy/pair exactlyOne', 'buddy/zone markUsed', 'MAP-2'),
  row('hand/Pages', 'add', 'buddy/state liberate', '', 'GIVE-2'),
  row('hand/Pages', 'del', 'buddy/state reserve', '', 'TAKE-4'),
  row('hand/Zone', 'put', '', 'words/list-head listAdd', 'MAP-3'),
  row('hand/Zone', 'take', '', 'words/list-head listDel', 'MAP-3'),
  row('hand/Zone', 'first', 'buddy/placement allocate', 'buddy/buddy rmqueue', 'PLACE-1'),
  row(
    'hand/Zone',
    'give_holds',
    'buddy/state liberate',
    'buddy/buddy freePagesOk',
    'GIVE-2',
    'PAIR-4',
    'MAP-2',
    'MAP-3',
    'LIST-3',
    'LIST-4',
  ),
  row('hand/Allocate', 'expand_holds', 'buddy/placement split', 'buddy/buddy expand', 'PLACE-2'),
  row('hand/Allocate', 'rmqueue_holds', 'buddy/state reserve', 'buddy/buddy rmqueue', 'TAKE-4', 'TAKE-7'),
  row('hand/Allocate', 'allocates_iff', 'buddy/step refute', 'buddy/buddy rmqueue', 'TAKE-6'),
  row('hand/Allocate', 'restored', '', '', 'STATE-3'),
  row('hand/History', 'history_leaves_no_trace', '', '', 'STATE-2'),
  row('hand/History', 'made', 'buddy/state boot', 'buddy/zone initZone', 'HAND-1'),
  row('hand/History', 'handed_over', 'buddy/state handOver', 'buddy/allocator handOver', 'HAND-1'),
  row('hand/History', 'any_order', 'buddy/state handOver', 'buddy/allocator handOver', 'HAND-1'),
  row('hand/History', 'inside_the_zone', '', '', 'TAKE-1'),
  row('hand/History', 'inside_the_map', '', 'buddy/region mapWords', 'MAP-1'),
  row('hand/History', 'map_cannot_tell', 'buddy/misuse freeMisuse', 'buddy/owner OwnerTable', 'MISUSE-5'),
  row('hand/Swap', 'give_swapped', '', 'buddy/buddy freePagesOk', 'BLOCK-2'),
  row('hand/Code', 'free_pages_ok', '', 'buddy/buddy freePagesOk', 'BLOCK-1'),
  row('hand/Code', 'code_pair', 'arithmetic indexOf', 'buddy/zone markUsed', 'MAP-1'),
  row('hand/Code', 'code_buddy', 'arithmetic buddyOf', 'buddy/page-buddy pageFindBuddy', 'BLOCK-2'),
  row('hand/Code', 'code_parent', 'arithmetic parentOf', 'buddy/page-buddy findCombinedIndex', 'BLOCK-2'),
  row('hand/Code', 'expand_pages', 'buddy/placement split', 'buddy/buddy expand', 'PLACE-2'),
  row('hand/Links', 'list_add_ring', '', 'words/list-head listAdd', 'LIST-1', 'LIST-2'),
  row('hand/Links', 'list_del_ring', '', 'words/list-head listDel', 'LIST-1', 'LIST-2'),
  row('code/Rings', 'list_add_is', '', 'words/list-head listAdd', 'LIST-1', 'LIST-2'),
  row('code/Rings', 'list_del_is', '', 'words/list-head listDel', 'LIST-1', 'LIST-2'),
  row('code/Map', 'mark_used_is', '', 'buddy/zone markUsed', 'MAP-2'),
  row('code/Represents', 'represents', '', 'buddy/zone Zone', 'PAIR-4', 'MAP-2', 'LIST-3', 'LIST-4', 'COUNT-1'),
  row('code/Starts', 'map_words', '', 'buddy/region mapWords', 'MAP-1'),
  row('code/Starts', 'init_zone_starts', 'buddy/state boot', 'buddy/zone initZone', 'HAND-1'),
  row('code/Frees', 'free_pages_ok_gives', 'buddy/state liberate', 'buddy/buddy freePagesOk', 'GIVE-2', 'COUNT-1'),
  row('code/Grants', 'expand_splits', 'buddy/placement split', 'buddy/buddy expand', 'PLACE-2'),
  row(
    'code/Grants',
    'rmqueue_takes',
    'buddy/placement allocate',
    'buddy/buddy rmqueue',
    'TAKE-4',
    'TAKE-6',
    'PLACE-1',
    'COUNT-1',
  ),
  row('code/Runs', 'never_stops', '', 'buddy/buddy freePagesOk'),
  row('code/Runs', 'never_twice', 'buddy/state reserve', 'buddy/buddy rmqueue', 'TAKE-1', 'TAKE-4'),
  row('code/Runs', 'none_lost', '', 'buddy/buddy freePagesOk', 'COUNT-1'),
  row('code/Runs', 'refused_iff', 'buddy/step refute', 'buddy/buddy rmqueue', 'TAKE-6'),
  row('code/Order', 'grant_places', 'buddy/placement allocate', 'buddy/buddy rmqueue', 'PLACE-1', 'PLACE-2'),
  row('code/Order', 'free_places', 'buddy/placement join', 'buddy/buddy freePagesOk', 'PLACE-4'),
  row('code/Owners', 'tended', 'buddy/state ownerOf', 'buddy/owner OwnerTable', 'STATE-1'),
  row(
    'code/Owners',
    'misuse_of_is',
    'buddy/misuse freeMisuse',
    'buddy/allocator misuseOf',
    'MISUSE-1',
    'MISUSE-2',
    'MISUSE-3',
    'MISUSE-4',
  ),
  row('code/Face', 'allocate_answers', 'buddy/step refute', 'buddy/allocator allocate', 'TAKE-4', 'TAKE-5', 'TAKE-6'),
  row('code/Face', 'free_answers', 'buddy/step refute', 'buddy/allocator free', 'GIVE-1', 'MISUSE-7'),
  row('code/Face', 'hand_over_answers', 'buddy/step refute', 'buddy/allocator handOver', 'HAND-1', 'HAND-2', 'HAND-3'),
  row('code/Talk', 'permitted', 'buddy/step refute', ''),
  row('code/Talk', 'generated_code_is_right', '', 'buddy/allocator Allocator'),
];
