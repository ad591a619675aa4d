/** Mistakes in zones, watermarks, nodes, and in reclaiming. */
export const MACHINE = [
  {
    name: 'QuarterForEverybody',
    at: ['src/machine/page-alloc.ts allocPagesList'],
    changes: [['takeAboveMin(zonelist, order, !mayWait(gfp))', 'takeAboveMin(zonelist, order, true)']],
  },
  {
    name: 'QuarterForNobody',
    at: ['src/machine/page-alloc.ts allocPagesList'],
    changes: [['takeAboveMin(zonelist, order, !mayWait(gfp))', 'takeAboveMin(zonelist, order, false)']],
  },
  {
    name: 'OneZoneOnly',
    at: ['src/machine/page-alloc.ts takeAboveLow', 'src/machine/page-alloc.ts takeAboveMin'],
    changes: [
      ['min += zone.pagesLow', 'min = (1 << order) + zone.pagesLow'],
      ['min += localMin', 'min = (1 << order) + localMin'],
    ],
  },
  {
    name: 'OtherMark',
    at: [
      'src/machine/kswapd.ts checkClasszoneNeedBalance',
      'src/machine/page-alloc.ts takeAboveLow',
      'src/machine/page-alloc.ts takeAboveMin',
    ],
    changes: [
      ['nrFreePages(zone) > zone.pagesHigh', 'nrFreePages(zone) > zone.pagesLow'],
      ['min += zone.pagesLow', 'min += zone.pagesMin'],
      ['min += localMin', 'min += quarter ? zone.pagesLow >> 2 : zone.pagesLow'],
    ],
  },
  {
    name: 'ForgetNeedBalance',
    at: ['src/machine/page-alloc.ts allocPagesList'],
    changes: [['classZone.needBalance.put(0, 1);', ';']],
  },
  {
    name: 'AskForEver',
    at: ['src/machine/kswapd.ts kswapdBalancePgdat'],
    changes: [['zone.needBalance.put(0, 0);', ';']],
  },
  {
    name: 'WakeNobody',
    at: ['src/machine/page-alloc.ts allocPagesList'],
    changes: [['reclaim.reclaimer.wakeKswapd();', ';']],
  },
  {
    name: 'LoseMemalloc',
    at: ['src/machine/reclaim.ts balanceClasszone'],
    changes: [['PF_MEMALLOC | PF_FREE_PAGES', 'PF_FREE_PAGES']],
  },
  {
    name: 'LoseFreePages',
    at: ['src/machine/reclaim.ts balanceClasszone'],
    changes: [['PF_MEMALLOC | PF_FREE_PAGES', 'PF_MEMALLOC']],
  },
  {
    name: 'KeepFlags',
    at: ['src/machine/reclaim.ts balanceClasszone', 'src/machine/current.ts Current.run'],
    changes: [
      ['task.flags &= $mask;', ';'],
      ['task.flags = before;', ';'],
    ],
  },
  {
    name: 'KeepBlockTwice',
    at: ['src/machine/reclaim.ts balanceClasszone'],
    changes: [['task.localZone = undefined;', ';']],
  },
  {
    name: 'LoseBlock',
    at: ['src/machine/put-pages.ts putLocked', 'src/machine/reclaim.ts grantKept'],
    changes: [['freePagesOk(zone.buddy, page, $order);', ';']],
  },
  {
    name: 'KeepFreed',
    at: ['src/machine/reclaim.ts balanceClasszone'],
    changes: [['task.freed = 0;', ';']],
  },
  {
    name: 'NoUser',
    at: ['src/machine/machine-zone.ts grantPages'],
    changes: [['setPageCount(zone.counts, page, 1);', ';']],
  },
  {
    name: 'SameZoneAlone',
    at: ['src/machine/machine-zone.ts memclass', 'src/machine/kswapd.ts checkClasszoneNeedBalance'],
    changes: [['zone.id <= classZone.id', 'zone.id === classZone.id']],
  },
  {
    name: 'KswapdIsAnybody',
    at: ['src/machine/physical-memory.ts PhysicalMemory.#kswapd'],
    changes: [['newTask(PF_MEMALLOC)', 'newTask(0)']],
  },
  {
    name: 'StayOtherTask',
    at: ['src/machine/current.ts Current.switchTo'],
    changes: [['this.#task = previous;', ';']],
  },
  {
    name: 'NodesAscend',
    at: ['src/machine/node.ts startOf', 'src/machine/node.ts allocPagesNode'],
    changes: [
      ['pgdatList.length - 1 - node', 'node'],
      ['nodes.pgdatList.length - 1 - node', 'node'],
    ],
  },
  {
    name: 'StayOnNode',
    at: ['src/machine/node.ts startOf'],
    changes: [['next.put(0, $next);', ';']],
  },
  {
    name: 'HighmemWins',
    at: ['src/machine/zonelist.ts buildZonelists'],
    changes: [['wanted = 0;', 'if (wanted !== 2) wanted = 0;']],
  },
  {
    name: 'NewestFirst',
    at: ['src/machine/cache/lists.ts LruLists.oldestInactive'],
    changes: [['this.#links.prevOf(this.#inactive)', 'this.#links.nextOf(this.#inactive)']],
  },
  {
    name: 'ForgetReferenced',
    at: [
      'src/machine/cache/lists.ts LruLists.refillInactive',
      'src/machine/cache/lru.ts LruReclaimer.addToPageCache',
      'src/machine/cache/lru.ts LruReclaimer.markPageAccessed',
    ],
    changes: [['$lists.setReferenced(node, $used);', ';']],
  },
];
