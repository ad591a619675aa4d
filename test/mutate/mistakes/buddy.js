/** Mistakes in the buddy systems of 2.4 and 2.6, in their lists, maps, counts and owners. */
export const BUDDY = [
  {
    name: 'SkipToggle',
    at: ['src/buddy/buddy.ts expand', 'src/buddy/buddy.ts rmqueue'],
    changes: [['$z.markUsed($page, $order);', ';']],
  },
  {
    name: 'ToggleOrderUp',
    at: ['src/buddy/buddy.ts expand', 'src/buddy/buddy.ts rmqueue', 'src/buddy/buddy.ts freePagesOk'],
    changes: [['$z.markUsed($page, $order)', '$z.markUsed($page, $order + 1)']],
  },
  {
    name: 'ReadBitOnly',
    at: ['src/buddy/zone.ts Zone.markUsed'],
    changes: [['map[$word] = old ^ mask;', ';']],
  },
  {
    name: 'KeepUpperHalf',
    at: ['src/buddy/buddy.ts expand'],
    changes: [
      [
        '{ order--; size >>>= 1; zone.listAdd(page, $head); zone.markUsed(page, order); page += size; }',
        '{ order--; size >>>= 1; zone.listAdd(page + size, $head); zone.markUsed(page, order); }',
      ],
    ],
  },
  {
    name: 'ListLowerHalf',
    at: ['src/buddy/page-buddy.ts expand'],
    changes: [['enlist(zone, page + (1 << order), order)', 'enlist(zone, page, order)']],
  },
  {
    name: 'GrantListedHalf',
    at: ['src/buddy/buddy.ts rmqueue'],
    changes: [['return expand(zone, head, $low, $high);', '{ expand(zone, head, $low, $high); return head; }']],
  },
  {
    name: 'SplitNothing',
    at: ['src/buddy/page-buddy.ts rmqueueSmallest'],
    changes: [['expand(zone, page, order, current);', ';']],
  },
  {
    name: 'AddAtTail',
    at: [
      'src/buddy/buddy.ts expand',
      'src/buddy/buddy.ts freePagesOk',
      'src/buddy/page-buddy.ts enlist',
      'src/machine/cache/lists.ts LruLists.putFirst',
    ],
    changes: [['$lists.listAdd($page, $head)', '$lists.listAdd($page, $lists.prevOf($head))']],
  },
  {
    name: 'TakeLast',
    at: ['src/buddy/buddy.ts rmqueue', 'src/buddy/page-buddy.ts rmqueueSmallest'],
    changes: [['zone.nextOf(freeList)', 'zone.prevOf(freeList)']],
  },
  {
    name: 'LargestFirst',
    at: ['src/buddy/buddy.ts rmqueue', 'src/buddy/page-buddy.ts rmqueueSmallest'],
    changes: [
      [
        'for (let current = order; current < zone.orders; current++) { $a; $b; $c; $d; $e; $f; $g }',
        'for (let current = zone.orders - 1; current >= order; current--) { $a; $b; $c; $d; $e; $f; $g }',
      ],
    ],
  },
  {
    name: 'JoinOnce',
    at: ['src/buddy/buddy.ts freePagesOk', 'src/buddy/page-buddy.ts freeOnePage'],
    changes: [
      [
        '{ const buddyIsFree = $bit; if (!buddyIsFree) break; $take; $clear }',
        '{ const buddyIsFree = $bit; if (!buddyIsFree) break; $take; $clear; current++; break; }',
      ],
      [
        '{ const buddy = $found; if (!pageIsBuddy(zone, buddy, current)) break; $take; $combine }',
        '{ const buddy = $found; if (!pageIsBuddy(zone, buddy, current)) break; $take; $combine; current++; break; }',
      ],
    ],
  },
  {
    name: 'TakeOffItself',
    at: ['src/buddy/buddy.ts freePagesOk', 'src/buddy/page-buddy.ts freeOnePage'],
    changes: [
      ['zone.listDel(index ^ $bit)', 'zone.listDel(index)'],
      ['delist(zone, buddy, current)', 'delist(zone, pageIndex - offset, current)'],
    ],
  },
  {
    name: 'KeepOwnIndex',
    at: ['src/buddy/buddy.ts freePagesOk', 'src/buddy/page-buddy.ts freeOnePage'],
    changes: [
      ['index &= ~(1 << current);', ';'],
      ['pageIndex = findCombinedIndex(pageIndex, current);', ';'],
    ],
  },
  {
    name: 'ForgetCount',
    at: [
      'src/buddy/buddy.ts rmqueue',
      'src/buddy/buddy.ts freePagesOk',
      'src/buddy/page-buddy.ts rmqueueSmallest',
      'src/buddy/page-buddy.ts freeOnePage',
    ],
    changes: [['zone.counters.add(0, $pages);', ';']],
  },
  {
    name: 'CountBlocks',
    at: [
      'src/buddy/buddy.ts rmqueue',
      'src/buddy/buddy.ts freePagesOk',
      'src/buddy/page-buddy.ts rmqueueSmallest',
      'src/buddy/page-buddy.ts freeOnePage',
    ],
    changes: [
      ['zone.counters.add(0, 1 << order)', 'zone.counters.add(0, 1)'],
      ['zone.counters.add(0, -(1 << order))', 'zone.counters.add(0, -1)'],
    ],
  },
  {
    name: 'ForgetCountOfOrder',
    at: ['src/buddy/page-buddy.ts enlist', 'src/buddy/page-buddy.ts delist'],
    changes: [['zone.counters.add(1 + order, $blocks);', ';']],
  },
  {
    name: 'ForgetMark',
    at: ['src/buddy/page-buddy.ts setPageOrder', 'src/buddy/page-buddy.ts rmvPageOrder'],
    changes: [['zone.buddyFlag.put(page, $mark);', ';']],
  },
  {
    name: 'ForgetOrderOfMark',
    at: ['src/buddy/page-buddy.ts setPageOrder', 'src/buddy/page-buddy.ts rmvPageOrder'],
    changes: [['zone.privateOrder.put(page, $order);', ';']],
  },
  {
    name: 'StayListed',
    at: [
      'src/buddy/buddy.ts rmqueue',
      'src/buddy/buddy.ts freePagesOk',
      'src/buddy/page-buddy.ts delist',
      'src/machine/cache/lists.ts LruLists.takeOff',
    ],
    changes: [['$lists.listDel($page);', ';']],
  },
  {
    name: 'KeepLinks',
    at: ['src/words/list-head.ts Links.listDel', 'src/words/list-head.ts Links.initUnlinked'],
    changes: [
      ['$links[2 * node] = NULL;', ';'],
      ['$links[2 * node + 1] = NULL;', ';'],
    ],
  },
  {
    name: 'ForgetLinkBack',
    at: ['src/words/list-head.ts Links.listAdd', 'src/words/list-head.ts Links.listDel'],
    changes: [
      ['links[2 * first + 1] = node;', ';'],
      ['links[2 * node + 1] = head;', ';'],
      ['links[2 * next + 1] = previous;', ';'],
    ],
  },
  {
    name: 'ForgetOwner',
    at: [
      'src/buddy/allocator.ts Allocator.allocate',
      'src/buddy/allocator.ts Allocator.free',
      'src/buddy/allocator.ts Allocator.handOver',
      'src/machine/machine-zone.ts grantPages',
      'src/machine/put-pages.ts putLocked',
    ],
    changes: [
      ['$zone.owners.grant($page, $order);', ';'],
      ['$zone.owners.free($page);', ';'],
      ['$zone.owners.handOver($page);', ';'],
    ],
  },
  {
    name: 'OwnOnePage',
    at: ['src/buddy/allocator.ts Allocator.allocate', 'src/machine/machine-zone.ts grantPages'],
    changes: [['$zone.owners.grant($page, $order)', '$zone.owners.grant($page, 0)']],
  },
  {
    name: 'HoleIsMemory',
    at: ['src/buddy/owner.ts OwnerTable.reset'],
    changes: [['this.bytes.fill(HOLE, $first, $end)', 'this.bytes.fill(BOOT, $first, $end)']],
  },
];
