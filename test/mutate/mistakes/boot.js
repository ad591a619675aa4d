/** Mistakes in boot memory: its map, the last page, rounding, and what is handed over. */
export const BOOT = [
  {
    name: 'RoundOtherWay',
    at: [
      'src/boot/alloc.ts preferredPage',
      'src/boot/alloc.ts continueLastPage',
      'src/boot/alloc.ts allocBootmemCore',
      'src/boot/alloc.ts restWillDo',
      'src/boot/data.ts bootmemBootmapPages',
      'src/boot/data.ts mapWordsOf',
      'src/boot/firmware.ts usablePages',
      'src/boot/firmware.ts findMaxLowPfn',
      'src/boot/firmware.ts zoneSizesInit',
      'src/boot/reserve.ts roundUp',
      'src/boot/reserve.ts reserveBootmemCore',
      'src/boot/reserve.ts freeBootmemCore',
      'src/buddy/region.ts mapWords',
      'src/buddy/region.ts regionBytes',
      'src/machine/cache/lru.ts LruReclaimer.tryToFreePagesZone',
      'src/machine/machine-zone.ts watermarks',
      'src/machine/page.ts virtToFrame',
      'src/machine26/min-free-kbytes.ts setupPerZonePagesMin',
      'src/machine26/min-free-kbytes.ts setupPerZoneLowmemReserve',
      'src/machine26/zone-watermark.ts zoneWatermarkOk',
      'src/start-kernel.ts runOf',
    ],
    changes: [
      ['Math.ceil($n)', 'Math.floor($n)'],
      ['Math.floor($n)', 'Math.ceil($n)'],
    ],
  },
  {
    name: 'KeepCursor',
    at: [
      'src/boot/alloc.ts continueLastPage',
      'src/boot/alloc.ts allocBootmemCore',
      'src/boot/reserve.ts initBootmemCore',
      'src/boot/reserve.ts forgetLastPage',
    ],
    changes: [['setLast(bdata, $page, $offset);', ';']],
  },
  {
    name: 'KeepOffset',
    at: [
      'src/boot/alloc.ts continueLastPage',
      'src/boot/alloc.ts allocBootmemCore',
      'src/boot/reserve.ts initBootmemCore',
      'src/boot/reserve.ts forgetLastPage',
    ],
    changes: [['setLast(bdata, $page, $offset)', 'setLast(bdata, $page, bdata.counters.get(1))']],
  },
  {
    name: 'PackOnInWhatIsGone',
    at: ['src/boot/reserve.ts reserveBootmemCore', 'src/boot/reserve.ts freeBootmemCore'],
    changes: [['forgetLastPage(bdata, $first, $end);', ';']],
  },
  {
    name: 'ForgetToTake',
    at: [
      'src/boot/alloc.ts continueLastPage',
      'src/boot/alloc.ts allocBootmemCore',
      'src/boot/reserve.ts initBootmemCore',
      'src/boot/reserve.ts reserveBootmemCore',
    ],
    changes: [['$map.setBits($first, $end);', ';']],
  },
  {
    name: 'ForgetToFree',
    at: ['src/boot/reserve.ts freeBootmemCore'],
    changes: [['$map.clearBits($first, $end);', ';']],
  },
  {
    name: 'RetireAgain',
    at: ['src/boot/retire.ts freeAllBootmemCore'],
    changes: [['setRetired(bdata, true);', ';']],
  },
  {
    name: 'KeepMapPages',
    at: ['src/boot/retire.ts eachHandedOver'],
    changes: [['for (let page = mapPage; page < mapEnd; page++) $visit;', ';']],
  },
  {
    name: 'ReverseLost',
    at: [
      'src/boot/bootmem.ts Bootmem.allocBootmemAt',
      'src/machine/kswapd.ts kswapdBalancePgdat',
      'src/machine/physical-memory.ts PhysicalMemory.constructor',
    ],
    changes: [['$all.toReversed()', '$all']],
  },
  {
    name: 'GrantDirty',
    at: ['src/boot/bootmem.ts Bootmem.#allocate'],
    changes: [['this.#zero(address, size);', ';']],
  },
  {
    name: 'AlignFromNode',
    at: ['src/boot/alloc.ts findRun'],
    changes: [['from + roundUp(next - from, apart)', 'roundUp(next, apart)']],
  },
];
