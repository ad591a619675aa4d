/** The slips in boot memory. */

import { OPEN, PAGE, free, node, open, reserve, retire, slip, take } from './slip.ts';
import type { BootSlip } from './slip.ts';

const BOOTMEM = 'src/boot/reserve.ts';
const ALLOC = 'src/boot/alloc.ts';
const RETIRE = 'src/boot/retire.ts';
const FACE = 'src/boot/bootmem.ts';

/** Slips in reserving, freeing and starting. */
const RANGES: readonly BootSlip[] = [
  slip(
    'BOOT-1',
    'a node starts as the region was',
    BOOTMEM,
    ['  bdata.nodeBootmemMap.setBits(0, 32 * bdata.nodeBootmemMap.words.length);\n', ''],
    [],
  ),
  slip(
    'BOOT-2',
    'free rounds its start outward',
    BOOTMEM,
    ['Math.ceil(address / bdata.pageSize)', 'Math.floor(address / bdata.pageSize)'],
    [free(PAGE + 1, 2 * PAGE)],
  ),
  slip(
    'BOOT-2',
    'free rounds its end outward',
    BOOTMEM,
    ['const end: NodePage = Math.floor((address + size)', 'const end: NodePage = Math.ceil((address + size)'],
    [free(PAGE, PAGE + 1)],
  ),
  slip(
    'BOOT-3',
    'reserve rounds its end inward',
    BOOTMEM,
    ['const end: NodePage = Math.ceil((address + size)', 'const end: NodePage = Math.floor((address + size)'],
    [OPEN, reserve(2 * PAGE, 1)],
  ),
  slip(
    'BOOT-4',
    'a page that is free is freed',
    BOOTMEM,
    [`  if (bdata.nodeBootmemMap.findNextZeroBit(first, end) !== end) return rejected('free-page');\n`, ''],
    [OPEN, free(PAGE, PAGE)],
  ),
  slip(
    'BOOT-5',
    'what was reserved before is not told',
    BOOTMEM,
    ['before.length === 0 ? done : warned(before)', 'done'],
    [reserve(0, 1)],
  ),
  slip(
    'BOOT-6',
    'a range beyond the node is reserved',
    BOOTMEM,
    [
      `first < 0 || end > endPage(bdata)) return rejected('out-of-range');\n\n`,
      `first < 0) return rejected('out-of-range');\n\n`,
    ],
    [reserve(8 * PAGE, 1)],
  ),
  slip('BOOT-7', 'a size of 0 is one', BOOTMEM, ['isAddress(n) && n > 0', 'isAddress(n)'], [reserve(0, 0)]),
  slip(
    'FIT-2',
    'the last page is not forgotten when it is freed',
    BOOTMEM,
    ['if (pos >= first && pos < end) setLast(bdata, pos, 0);', ''],
    [OPEN, take(100), free(PAGE, PAGE)],
  ),
];

/** Slips in finding a place. */
const PLACES: readonly BootSlip[] = [
  slip(
    'BOOT-12',
    'the last page is never reached',
    ALLOC,
    ['first + count <= pages', 'first + count < pages'],
    [OPEN, take(7 * PAGE)],
  ),
  slip(
    'USE-2',
    'the search goes on after the end of the node',
    ALLOC,
    ['first + count <= pages', 'first + count <= pages + 1'],
    [open(0, 32), take(32 * PAGE)],
    [node(0, 32)],
  ),
  slip(
    'BOOT-12',
    'the search does not begin again at the start',
    ALLOC,
    ['start === NOWHERE && preferred > first', 'start === NOWHERE && preferred < first'],
    [OPEN, take(3 * PAGE, 32, 6 * PAGE)],
  ),
  slip(
    'USE-2',
    'the search does not go on after an occupied page',
    ALLOC,
    ['roundUp(next - from, apart)', 'roundUp(first - from, apart)'],
    [OPEN, take(100)],
  ),
  slip(
    'FIT-1',
    'goals are ignored',
    ALLOC,
    ['return Math.floor(roundUp(goal, align) / pageSize) - startPfn(bdata);', 'return first;'],
    [OPEN, take(100, 32, 3 * PAGE)],
  ),
  slip(
    'FIT-1',
    'a goal is rounded up twice, as the kernel does',
    ALLOC,
    [
      'return Math.floor(roundUp(goal, align) / pageSize) - startPfn(bdata);',
      'return Math.floor(roundUp(goal - nodeBootStart, align) / pageSize) + first;',
    ],
    [open(3, 30), take(PAGE, 4 * PAGE, 16 * PAGE)],
    [node(3, 30)],
  ),
  slip(
    'BOOT-9',
    'alignment is counted from the node',
    ALLOC,
    [
      'const first: NodePage = Math.floor(roundUp(nodeBootStart, align) / pageSize) - startPfn(bdata);',
      'const first = 0;',
    ],
    [open(3, 30), take(PAGE, 4 * PAGE, 0)],
    [node(3, 30)],
  ),
  slip(
    'BOOT-11',
    'the map is granted',
    ALLOC,
    ['const meetsMap = first < mapEnd && first + count > mapPage;', 'const meetsMap = false;'],
    [free(0, 8 * PAGE), take(100)],
  ),
  slip(
    'BOOT-10',
    'a request is packed across a page that is taken',
    ALLOC,
    ['lastPos(bdata) + 1 === start', 'lastPos(bdata) < start'],
    [OPEN, take(100), reserve(2 * PAGE, 1), take(5000)],
  ),
  slip(
    'BOOT-9',
    'what is packed is not aligned',
    ALLOC,
    ['const end = roundUp(lastOffset(bdata), align) + size;', 'const end = lastOffset(bdata) + size;'],
    [OPEN, take(100), take(10, 64)],
  ),
  slip(
    'FIT-2',
    'nothing is packed',
    ALLOC,
    ['const follows = align <= pageSize &&', 'const follows = align < 1 &&'],
    [OPEN, take(100), take(10)],
  ),
  slip(
    'FIT-2',
    'the last offset does not count what was there before',
    ALLOC,
    ['pos + more, end % pageSize', 'pos + more, size % pageSize'],
    [OPEN, take(100), take(10)],
  ),
  slip(
    'BOOT-10',
    'the pages that packing reaches are not taken',
    ALLOC,
    ['  bdata.nodeBootmemMap.setBits(pos + 1, pos + 1 + more);\n', ''],
    [OPEN, take(100), take(5000)],
  ),
  slip(
    'BOOT-12',
    'the rest of the last page is of no use',
    FACE,
    ['    for (const bdata of nodes) if (address === NOWHERE) address = allocRest(bdata, size, align);\n', ''],
    [open(0, 2), take(100), take(100)],
    [node(0, 2)],
  ),
  slip(
    'BOOT-10',
    'the rest is continued over pages that are taken',
    ALLOC,
    [' && bdata.nodeBootmemMap.findNextBit(first, end) === end', ''],
    [open(0, 4), take(100), reserve(2 * PAGE, 2 * PAGE), take(5000)],
    [node(0, 4)],
  ),
];

const FREE_FIRST = `  for (let page = map.findNextZeroBit(0, pages); page < pages; page = map.findNextZeroBit(page + 1, pages)) {
    if (!visit(pfn(start + page))) return false;
  }
  for (let page = mapPage; page < mapEnd; page++) if (!visit(pfn(start + page))) return false;
`;
const [FREE = '', MAP = ''] = FREE_FIRST.split(/(?<= {2}\}\n)/u);
const MAP_FIRST = MAP + FREE;

/** Slips in the public face and in retirement. */
const ENDS: readonly BootSlip[] = [
  slip('BOOT-13', 'granted memory is not zeroed', FACE, ['    this.#zero(address, size);\n', ''], [OPEN, take(100)]),
  slip(
    'BOOT-13',
    'whole pages are zeroed',
    FACE,
    ['this.#zero(address, size)', 'this.#zero(address, this.#pageSize * Math.ceil(size / this.#pageSize))'],
    [OPEN, take(100)],
  ),
  slip(
    'FIT-4',
    'the node initialised first is tried first',
    FACE,
    ['this.#allocate(nodes.toReversed(), size, align, goal)', 'this.#allocate(nodes, size, align, goal)'],
    [open(0, 8), open(8, 16, 1), take(100)],
    [node(0, 8), node(8, 16)],
  ),
  slip(
    'RETIRE-1',
    'the pages of the map are forgotten',
    RETIRE,
    ['  for (let page = mapPage; page < mapEnd; page++) if (!visit(pfn(start + page))) return false;\n', ''],
    [OPEN, retire],
  ),
  slip(
    'RETIRE-1',
    'the first page is forgotten',
    RETIRE,
    ['let page = map.findNextZeroBit(0, pages)', 'let page = map.findNextZeroBit(2, pages)'],
    [OPEN, retire],
  ),
  slip(
    'USE-2',
    'the page of a map that is not reserved is handed over twice',
    RETIRE,
    [
      `  if (bdata.nodeBootmemMap.findNextZeroBit(bdata.mapPage, bdata.mapEnd) !== bdata.mapEnd) return 'map-not-reserved';\n`,
      '',
    ],
    [free(0, 8 * PAGE), retire],
  ),
  slip(
    'RETIRE-4',
    'a node that was retired lives on',
    RETIRE,
    ['  setRetired(bdata, true);\n', ''],
    [OPEN, retire, take(100)],
  ),
  slip('RETIRE-2', 'the map is handed over before the free pages', RETIRE, [FREE_FIRST, MAP_FIRST], [OPEN, retire]),
];

/** Every boot memory broken on purpose. */
export const BOOT_SLIPS: readonly BootSlip[] = [...RANGES, ...PLACES, ...ENDS];
