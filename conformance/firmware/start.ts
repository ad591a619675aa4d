/** Starts a machine from a table of memory, and holds its sizes against what the kernel printed of its own. */
import { LruReclaimer, buddyinfo, byteAddress, machineOf, pfn, setupMemory, startKernel } from '../../src/index.ts';
import type { Clause, Firmware, MachineObservation, Pfn, Watermarks } from '../../protocol/index.ts';
import type { Entry, Kept, Table } from './table.ts';
import type { Running } from '../../src/index.ts';

const GIB = 2 ** 30;

/** The most memory of a machine that is started, in pages: 16 GiB of i386. */
const MOST_PAGES = 2 ** 22;

/** Where i386 divides memory: what old devices reach, and what the kernel maps. */
const [DMA_LIMIT, LOW_LIMIT] = [16 * 2 ** 20, 896 * 2 ** 20];

/** A zone of the machine that was started, in pages. */
export interface Zone {
  readonly name: string;
  readonly base: number;
  readonly pages: number;
  readonly marks: Watermarks;
  readonly free: number;
}

/** A number of this machine's beside the kernel's own. */
export interface Compared {
  readonly what: string;
  readonly clause: Clause;
  readonly kernel: string;
  readonly ours: string;
  readonly agrees: boolean;
}

/** A machine that was started from a table. */
export interface Started {
  readonly kind: 'started';
  readonly zones: readonly Zone[];
  /** The lines of /proc/buddyinfo, at once after boot memory retired. */
  readonly buddyinfo: string;
  /** Pages, from the first to the last that is usable; of these, usable ones; of these, free ones. */
  readonly spanned: number;
  readonly usable: number;
  readonly free: number;
  readonly twice: Running['twice'];
  readonly misaligned: Running['misaligned'];
  readonly compared: readonly Compared[];
}

/** Why a machine cannot be started. */
export interface NotStarted {
  readonly kind: 'not started';
  readonly why: string;
}

const rangeOf = ({ end, from }: Pick<Entry, 'from' | 'end'>): Firmware['usable'][number] => ({
  address: byteAddress(from),
  size: Math.max(0, end - from),
});

/** Returns a table as firmware; usable memory ends at the limit. Ranges that end before they begin are empty. */
export function firmwareOf({ entries, limit, pageSize }: Pick<Table, 'entries' | 'limit' | 'pageSize'>): Firmware {
  const within = (one: Entry): Entry => ({ ...one, end: Math.min(one.end, limit) });
  return {
    usable: entries.filter(({ usable }) => usable).map((one) => rangeOf(within(one))),
    reserved: entries.filter(({ usable }) => !usable).map(rangeOf),
    nodes: [{ start: pfn(0), end: pfn(MOST_PAGES) }],
    dmaLimit: byteAddress(DMA_LIMIT),
    lowLimit: byteAddress(LOW_LIMIT),
    pageSize,
  };
}

const hex = (page: number): string => page.toString(16);

/** Returns what the kernel printed of its sizes, each beside ours. */
function compare({ printed }: Table, zones: readonly Zone[], twice: readonly Pfn[]): readonly Compared[] {
  const { totalPages, zones: sizes } = printed;
  const sizeOf = (name: string): number => zones.find((zone) => zone.name === name)?.pages ?? 0;
  const end = zones.reduce((all, { base, pages }) => Math.max(all, base + pages), 0);
  const beside = (what: string, clause: Clause, kernel: string, ours: string): Compared => ({
    ...{ what, clause, kernel, ours },
    agrees: kernel === ours,
  });
  const ours = [...new Set(twice)].toSorted((one, other) => one - other);
  const theirs = [...new Set(printed.twice)].toSorted((one, other) => one - other);
  return [
    ...(totalPages === undefined ? [] : [beside('pages in all', 'SIZE-1', String(totalPages), String(end))]),
    ...(sizes === undefined
      ? []
      : [
          beside(
            'pages of DMA, Normal, HighMem',
            'SIZE-3',
            [0, 1, 2].map((n) => sizes[n] ?? 0).join(' '),
            ['DMA', 'Normal', 'HighMem'].map(sizeOf).join(' '),
          ),
        ]),
    ...(theirs.length === 0
      ? []
      : [beside('pages reserved twice', 'BOOT-5', theirs.map(hex).join(' '), ours.map(hex).join(' '))]),
  ];
}

const zonesIn = ({ zones }: MachineObservation): readonly Zone[] =>
  zones.map(({ buddy, name, watermarks }) => ({
    name,
    base: buddy.arena.base,
    pages: buddy.arena.pages,
    marks: watermarks,
    free: buddy.freeCount,
  }));

const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);

const keptRange = ({ end, from, name }: Kept): Firmware['usable'][number] & { name: string } => ({
  name,
  ...rangeOf({ from, end }),
});

/** Starts a machine as 2.4.22 on i386 does, with one node. */
export function start(table: Table): Started | NotStarted {
  const firmware = firmwareOf(table);
  const most = Math.max(0, ...firmware.usable.map(({ address, size }) => (size > 0 ? address + size : 0)));
  const end = MOST_PAGES * table.pageSize;
  if (most > end) {
    return { kind: 'not started', why: `memory ends above ${end / GIB} GiB: a limit (--mem) makes it end lower` };
  }
  const none = new LruReclaimer(machineOf([]));
  const image = rangeOf(table.image);
  const running = startKernel(firmware, () => none, { image, kept: table.kept.map(keptRange) });
  if (running.kind === 'rejected') return { kind: 'not started', why: `${running.why} (${running.clause})` };
  const observed = running.memory.observe();
  const zones = zonesIn(observed);
  const spanned = sum(zones.map(({ pages }) => pages));
  const holes = setupMemory(firmware).nodes.flatMap((node) => node.zones.flatMap((zone) => zone.holes));
  const unusable = sum(holes.map(([, count]) => count));
  return {
    kind: 'started',
    zones,
    buddyinfo: buddyinfo(observed),
    spanned,
    usable: spanned - unusable,
    free: running.low + running.high,
    twice: running.twice,
    misaligned: running.misaligned,
    compared: compare(
      table,
      zones,
      running.twice.flatMap(({ pages }) => pages),
    ),
  };
}
