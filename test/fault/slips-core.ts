import { HIDDEN, always } from './slip.ts';
import type { Slip } from './slip.ts';

const BUDDY = 'src/buddy.ts';
const any = always('TAKE-4');
const r = { refutes: ['MAP-2'] as const, why: '', most: 1, outside: any };

/** Slips in what 2.4 does: one bit for each pair. */
export const CORE_SLIPS: readonly Slip[] = ([
  { name: 'a split does not mark its pair', file: BUDDY, from: '    markUsed(zone, page, order, area);\n', to: '', },
  { name: 'a block taken off its list does not mark its pair', file: BUDDY, from: '    if (current !== zone.orders - 1) markUsed(zone, head, current, area);\n', to: '', },
  { name: 'the bit of a pair is looked for at twice its place', file: BUDDY, from: 'changeBit(zone.map, area.firstBit + (index >>> (order + 1)))', to: 'changeBit(zone.map, area.firstBit + (index >>> order))', },
  { name: 'the lower half is kept', file: BUDDY, from: `    listAdd(zone.links, page, area.freeList);
    markUsed(zone, page, order, area);
    page += size;
`, to: `    listAdd(zone.links, page + size, area.freeList);
    markUsed(zone, page, order, area);
`, },
  { name: 'tail', file: BUDDY, from: 'listAdd(zone.links, index, area.freeList)', to: 'listAdd(zone.links, index, zone.links[2 * area.freeList + 1])' },
  { name: 'buddy +', file: BUDDY, from: 'listDel(zone.links, index ^ (1 << current));', to: 'listDel(zone.links, index + (1 << current));' },
  { name: 'past top', file: BUDDY, from: 'const top = zone.orders - 1;', to: 'const top = zone.orders;' },
  { name: 'count size of removed', file: BUDDY, from: 'add(zone.counters, 0, -(1 << order));', to: 'add(zone.counters, 0, -(1 << current));' },
  { name: 'count not restored', file: BUDDY, from: '  add(zone.counters, 0, 1 << order);\n', to: '' },
  { name: 'largest first', file: BUDDY, from: 'for (let current = order; current < zone.orders; current++) {', to: 'for (let current = zone.orders - 1; current >= order; current--) {' },
  { name: 'order 0 never coalesces', file: BUDDY, from: 'if (!buddyIsFree) break;', to: 'if (!buddyIsFree || current === 0) break;' },
  { name: 'not unlinked', file: BUDDY, from: '    listDel(zone.links, index ^ (1 << current));\n', to: '' },
  { name: 'one order too far', file: BUDDY, from: 'const page = expand(zone, head, order, current);', to: 'const page = expand(zone, head, Math.max(0, order - 1), current);' },
  { name: 'exact only', file: BUDDY, from: 'for (let current = order; current < zone.orders; current++) {', to: 'for (let current = order; current <= order; current++) {' },
  { name: 'one order up only', file: BUDDY, from: 'for (let current = order; current < zone.orders; current++) {', to: 'for (let current = order; current <= Math.min(order + 1, zone.orders - 1); current++) {' },
  { name: 'upper index kept', file: BUDDY, from: '    index &= ~(1 << current);\n', to: '' },
  { name: 'alias bit', file: 'src/bitmap.ts', from: 'read(map, bit >>> 5) ^ (1 << (bit & 31))', to: 'read(map, bit >>> 5) ^ (1 << (bit & 15))' },
  { name: 'prev not set', file: 'src/list-head.ts', from: '  links[2 * first + 1] = node;\n', to: '' },
  { name: 'links not cleared', file: 'src/list-head.ts', from: `  links[2 * previous] = next;
  links[2 * node] = NULL;
  links[2 * node + 1] = NULL;
`, to: `  links[2 * previous] = next;
` },
  { name: 'every second free', file: 'src/allocator.ts', from: 'this.#core.give(zone, page, order);', to: 'this.frees = (this.frees ?? 0) + 1; this.#core.give(this.frees % 2 === 0 ? { ...zone, orders: order + 1 } : zone, page, order);' },
  { name: 'dead end loop', file: BUDDY, from: '    order--;\n', to: '' },
  { name: '2.6 upper kept', kernel: '2.6', file: 'src/page-buddy.ts', from: `    expand(zone, page, order, current);

    add(zone.counters, 0, -(1 << order));
    put(zone.pageCount, page, 1);
    return page;`, to: `    for (let at = current - 1; at >= order; at--) enlist(zone, page + (1 << current) - (2 << at), at);
    const upper = page + (1 << current) - (1 << order);
    add(zone.counters, 0, -(1 << order));
    put(zone.pageCount, upper, 1);
    return upper;` },
  { name: '2.6 buddy +', kernel: '2.6', file: 'src/page-buddy.ts', from: 'return pageIndex ^ (1 << order);', to: 'return pageIndex + (1 << order);' },
  { name: '2.6 past top', kernel: '2.6', file: 'src/page-buddy.ts', from: 'for (; current < zone.orders - 1; current++) {', to: 'for (; current < zone.orders; current++) {' },
  { name: '2.6 no order test', kernel: '2.6', file: 'src/page-buddy.ts', from: 'return get(zone.buddyFlag, buddy) === 1 && get(zone.privateOrder, buddy) === order;', to: 'return get(zone.buddyFlag, buddy) === 1;' },
  { name: '2.6 offset', kernel: '2.6', file: 'src/free-area.ts', from: "const offset = kernel === '2.6' ? base % 2 ** (orders - 1) : 0;", to: 'const offset = 0;' },
  { name: '2.6 not delisted', kernel: '2.6', file: 'src/page-buddy.ts', from: '    delist(zone, buddy, current);\n', to: '' },
  { name: '2.6 mark not removed', kernel: '2.6', file: 'src/page-buddy.ts', from: '  put(zone.buddyFlag, page, 0);\n', to: '' },
  { name: '2.6 private order not removed', kernel: '2.6', file: 'src/page-buddy.ts', from: '  put(zone.privateOrder, page, 0);\n', to: '' },
  { name: '2.6 order too far', kernel: '2.6', file: 'src/page-buddy.ts', from: '    expand(zone, page, order, current);\n', to: '    expand(zone, page, Math.max(0, order - 1), current);\n' },
  { name: '2.6 zone end', kernel: '2.6', file: 'src/page-buddy.ts', from: 'buddy >= zone.pages', to: 'buddy > zone.pages' },
  { name: '2.6 zone last page no buddy', kernel: '2.6', file: 'src/page-buddy.ts', from: 'buddy >= zone.pages', to: 'buddy >= zone.pages - 1' },
  { name: '2.6 nr_free', kernel: '2.6', file: 'src/page-buddy.ts', from: '  add(zone.counters, 1 + order, -1);\n', to: '' },
  { name: 'wrong order accepted smaller', file: 'src/allocator.ts', from: "if (owner >= 0) return 'wrong-order';", to: "if (owner >= 0) return owner < order ? 'wrong-order' : undefined;" },
  { name: 'owner not cleared', file: 'src/allocator.ts', from: "    setOwner(zone.owners, page, FREED);\n", to: '' },
  { name: 'owner nobody', file: 'src/allocator.ts', from: "setOwner(zone.owners, page, FREED);", to: 'setOwner(zone.owners, page, NOBODY);' },
  { name: 'inner accepted', file: 'src/allocator.ts', from: "if (this.#isInside(page)) return 'inner-page';", to: 'if (this.#isInside(page)) return undefined;' },
  { name: 'inner order 1 overlooked', file: 'src/allocator.ts', from: "for (let order = 1; order < orders; order++) {", to: 'for (let order = 2; order < orders; order++) {' },
  { name: 'owner before check', file: 'src/allocator.ts', from: `    const misuse = this.#misuseOf(head, order);
    if (misuse !== undefined) return rejected(misuse);
    const page = head - zone.base;
    setOwner(zone.owners, page, FREED);`, to: `    const misuse = this.#misuseOf(head, order);
    const page = head - zone.base;
    setOwner(zone.owners, page, FREED);
    if (misuse !== undefined) return rejected(misuse);` },
  { name: 'hole handed over', file: 'src/allocator.ts', from: "    if (owner === HOLE) return rejected('no-such-frame');\n    if (owner !== BOOT)", to: '    if (owner !== BOOT && owner !== HOLE)' },
  { name: 'last frame', file: 'src/allocator.ts', from: "page >= zone.pages) return rejected('no-such-frame')", to: "page >= zone.pages - 1) return rejected('no-such-frame')" },
  { name: 'twice', file: 'src/allocator.ts', from: "    if (owner !== BOOT) return rejected('handed-over-twice');\n", to: '' },
  { name: 'out of range end', file: 'src/allocator.ts', from: " || page + 2 ** order > pages) return 'out-of-range';", to: ") return 'out-of-range';" },
  { name: 'misaligned off', kernel: '2.6', file: 'src/allocator.ts', from: "if (((page + offset) & ((1 << order) - 1)) !== 0) return 'misaligned';", to: "if ((page & ((1 << order) - 1)) !== 0) return 'misaligned';" },
  { name: 'map not cleared', file: 'src/free-area.ts', from: "zone.map, ", to: '', memory: 'reused' },
  { name: 'counters not cleared', file: 'src/free-area.ts', from: "[zone.counters, ", to: '[', memory: 'reused' },
  { name: 'flag not cleared', kernel: '2.6', file: 'src/free-area.ts', from: "zone.map, zone.buddyFlag, ", to: 'zone.map, ', memory: 'reused' },
  { name: 'pageCount not cleared', kernel: '2.6', file: 'src/free-area.ts', from: ", zone.pageCount]", to: ']', memory: 'reused' },
] as any[]).map((x) => ({ kernel: '2.4', ...r, ...x }));
