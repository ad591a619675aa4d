// Making a machine's memory: its nodes and zones from what firmware says, checked, each with its state in a region.
import { DEFAULT_BALANCE, ZONE_NAMES, i386Limits, watermarks, zoneSizes } from './machine-zone.ts';
import { PhysicalMemory } from './physical-memory.ts';
import { buildZonelists } from './zonelist.ts';
import { pageSizeOf } from '../words/page-size.ts';
import { attachZone, openZone } from '../buddy/allocator.ts';
import { nodeId, pfn } from '../words/unit.ts';
import { regionBytes } from '../buddy/region.ts';
import { Field } from '../words/field.ts';
import { MAX_ORDERS, MAX_PAGES, existing, isWholeNumber, refuse } from '../buddy/shape.ts';
import type { BadShape } from '../buddy/shape.ts';
import type {
  Machine,
  NodeId,
  NodePolicy,
  Paged,
  Pfn,
  Run,
  ZoneId,
  ZoneLimits,
  ZoneSpan,
} from '../../protocol/index.ts';
import type { Guard } from '../smp/guard.ts';
import type { MachineZone } from './machine-zone.ts';
import type { PageCounts } from './page.ts';
import type { PgData } from './pgdat.ts';
import type { Reclaimer } from './reclaim.ts';
import type { Region } from '../buddy/region.ts';

/** MAX_ORDER of 2.4: a count. @linux include/linux/mmzone.h MAX_ORDER */
const MAX_ORDER = 10;

/** A node as firmware reports it: its frames [first, end), and the holes among them. */
export interface NodeFrames {
  readonly first: number;
  readonly end: number;
  readonly holes?: readonly Run[];
}

/** Overrides of the defaults, which are 2.4.22's on a PC. */
export interface MachineOptions extends Paged {
  /** Where memory is divided, in frames. */
  readonly limits?: ZoneLimits;
  readonly balance?: Machine['balance'];
  readonly orders?: number;
  readonly policy?: NodePolicy;
}

/** Returns the parts of holes that are in [base, base + pages). */
function holesIn(holes: readonly Run[], base: number, pages: number): readonly Run[] {
  return holes.flatMap(([first, count]): readonly Run[] => {
    const from = Math.max(first, base);
    const size = Math.min(first + count, base + pages) - from;
    return size > 0 ? [[pfn(from), size]] : [];
  });
}

/** Returns a machine of these nodes, with the defaults of 2.4.22 unless `options` overrides them. */
export function machineWith(nodes: Machine['nodes'], options: Omit<MachineOptions, 'limits'>): Machine {
  const { balance = DEFAULT_BALANCE, orders = MAX_ORDER, pageSize, policy = 'node-local' } = options;
  return { orders, balance, policy, nodes, ...(pageSize === undefined ? {} : { pageSize }) };
}

/** Returns a machine of the nodes that firmware reports, their frames divided into zones. @clause ZONE-1 @linux arch/i386/mm/init.c paging_init */
export function machineOf(nodes: readonly NodeFrames[], options: MachineOptions = {}): Machine {
  const { limits = i386Limits(pageSizeOf(options)) } = options;
  const shapes = nodes.map(({ first, end, holes = [] }) => ({
    zones: zoneSizes(limits, first, end).map(({ name, base, pages }) => ({
      name,
      base,
      pages,
      holes: holesIn(holes, base, pages),
    })),
  }));
  return machineWith(shapes, options);
}

const isAtLeast = (n: number, least: number): boolean => isWholeNumber(n, least, Infinity);

/** Returns what is wrong with a machine's watermarks. */
function badBalance({ balance }: Machine): string | undefined {
  for (const name of ZONE_NAMES) {
    const { ratio, least, most } = balance[name];
    if (!isAtLeast(ratio, 1)) return `the ratio of ${name} is ${ratio}, not a whole number from 1`;
    if (!isAtLeast(least, 0) || !isAtLeast(most, least))
      return `pages_min of ${name} is bounded by ${least} and ${most}`;
  }
  return undefined;
}

/** Returns what is wrong with the order of a node's zones. */
function badZones(zones: readonly ZoneSpan[]): string | undefined {
  let id = -1;
  let end = 0;
  for (const { name, base, pages } of zones) {
    if (ZONE_NAMES.indexOf(name) <= id || base < end) return `zone ${name} does not lie above the zone before it`;
    id = ZONE_NAMES.indexOf(name);
    end = base + pages;
  }
  return undefined;
}

/** Returns which two zones share a frame. */
function overlap(machine: Machine): string | undefined {
  const all = machine.nodes.flatMap(({ zones }, node) => zones.map((zone) => ({ zone, node })));
  const sorted = all.toSorted((one, other) => one.zone.base - other.zone.base);
  for (const [n, { node, zone }] of sorted.entries()) {
    const next = sorted[n + 1];
    if (next === undefined || zone.base + zone.pages <= next.zone.base) continue;
    return `node ${node} ${zone.name} and node ${next.node} ${next.zone.name} share frame ${next.zone.base}`;
  }
  return undefined;
}

/** Returns what is wrong with a machine as a whole; undefined if nothing is. The shape of each zone is checked elsewhere. @clause MAKE-6 */
export function refuseMachine(machine: Machine): BadShape | undefined {
  if (machine.nodes.length === 0) return refuse('MAKE-6', 'a machine has at least one node');
  const why =
    badBalance(machine) ??
    machine.nodes.map(({ zones }) => badZones(zones)).find((one) => one !== undefined) ??
    overlap(machine);
  return why === undefined ? undefined : refuse('MAKE-6', why);
}

/** Provides a region of `bytes` bytes, for the state of a zone or the counts of its pages. */
export type Give = (bytes: number) => Region;

const WORD = 4;

/** Where a machine's state is, and which processor asks for it. */
export interface Ground {
  readonly give: Give;
  /** Whether the state is to be made new; if not, it is in what `give` provides already. */
  readonly isNew: boolean;
  /** Provides one word, and its lock if the machine has several processors. */
  readonly word: () => { readonly words: Int32Array; readonly guard: Guard | undefined };
  /** The node of the processor. */
  readonly node: NodeId;
}

function countsIn({ buffer, byteOffset }: Region, pages: number, isNew: boolean): PageCounts {
  const words = new Int32Array(buffer, byteOffset, pages);
  if (isNew) words.fill(0);
  return new Field(words);
}

/** Returns the bytes of a zone's buddy system; 0 if there can be no such zone. */
function buddyBytes({ orders }: Machine, { pages }: ZoneSpan): number {
  const isSane = isWholeNumber(pages, 1, MAX_PAGES) && isWholeNumber(orders, 1, MAX_ORDERS);
  return isSane ? regionBytes('2.4', pages, orders) : 0;
}

/** Returns the bytes that all zones of a machine are given, and the number of words with locks besides. */
export function groundBytes(machine: Machine): { readonly bytes: number; readonly words: number } {
  const spans = machine.nodes.flatMap(({ zones }) => zones);
  const bytes = spans.reduce((sum, span) => sum + buddyBytes(machine, span) + WORD * span.pages, 0);
  return { bytes, words: 1 + spans.length };
}

/** Makes a zone, of which nothing is handed over yet. @clause WATER-1 @clause PAGE-3 @linux mm/page_alloc.c free_area_init_core */
function zoneOf(machine: Machine, node: NodeId, span: ZoneSpan, place: number, ground: Ground): MachineZone | BadShape {
  const { base, holes, name, pages } = span;
  const { balance, orders } = machine;
  const { give, isNew, word } = ground;
  const shape = { kernel: '2.4', base, pages, orders, holes } as const;
  const region = give(buddyBytes(machine, span));
  const opened = isNew ? openZone(shape, region) : attachZone(shape, region);
  if (opened.kind === 'rejected') return opened;
  const { min, low, high } = watermarks(balance[name], existing(span));
  const counts = countsIn(give(WORD * pages), pages, isNew);
  const { guard, words } = word();
  return {
    place,
    node,
    name,
    id: ZONE_NAMES.indexOf(name),
    buddy: opened.zone,
    allocator: opened.allocator,
    counts,
    pagesMin: min,
    pagesLow: low,
    pagesHigh: high,
    needBalance: new Field(words),
    guard,
  };
}

/**
 * Returns the zones that are complained about: their blocks are aligned from their first frame, and not from frame 0.
 * @clause ZONE-5 @linux mm/page_alloc.c free_area_init_core
 */
function wrongAlignment({ nodes, orders }: Machine): readonly ZoneId[] {
  const isWrong = ({ base }: ZoneSpan): boolean => base % (1 << (orders - 1)) !== 0;
  return nodes.flatMap(({ zones }, node) => zones.filter(isWrong).map(({ name }) => ({ node: nodeId(node), name })));
}

/** A machine's memory, with the zones whose alignment is complained about; or why it cannot be made. */
export type CreatedMachine =
  { readonly kind: 'created'; readonly memory: PhysicalMemory; readonly misaligned: readonly ZoneId[] } | BadShape;

/**
 * Makes a machine's memory: boot memory holds every frame until it is handed over. `clearPage` fills a frame with zeroes;
 * `give` provides the memory for the state of each zone and for the counts of its pages.
 * @clause MAKE-6 @clause PAGE-5
 */
export function createMachine(
  machine: Machine,
  reclaimer: Reclaimer,
  clearPage: (frame: Pfn) => void = () => undefined,
  give: Give = (bytes) => ({ buffer: new ArrayBuffer(bytes), byteOffset: 0 }),
): CreatedMachine {
  const word = (): ReturnType<Ground['word']> => ({ words: Int32Array.of(0), guard: undefined });
  return makeMachine(machine, reclaimer, clearPage, { give, isNew: true, word, node: nodeId(0) });
}

/** Makes a machine's memory on a ground. @clause MAKE-6 */
export function makeMachine(
  machine: Machine,
  reclaimer: Reclaimer,
  clearPage: (frame: Pfn) => void,
  ground: Ground,
): CreatedMachine {
  const made = nodesOn(machine, ground);
  if ('kind' in made) return made;
  const { guard, words } = ground.word();
  const next = new Field<number, number>(words);
  const nodes = { policy: machine.policy, pgdatList: made.toReversed(), next, guard };
  const zones = made.flatMap((node) => node.zones);
  const memory = new PhysicalMemory(machine, zones, nodes, reclaimer, clearPage, ground.node);
  return { kind: 'created', memory, misaligned: wrongAlignment(machine) };
}

/** Makes the nodes of a machine, with their zones, on a ground. @clause MAKE-6 */
export function nodesOn(machine: Machine, ground: Ground): readonly PgData[] | BadShape {
  const refused = refuseMachine(machine);
  if (refused !== undefined) return refused;
  let place = 0;
  const nodes: PgData[] = [];
  for (const [node, { zones: spans }] of machine.nodes.entries()) {
    const own: MachineZone[] = [];
    for (const span of spans) {
      const zone = zoneOf(machine, nodeId(node), span, place++, ground);
      if ('kind' in zone) return zone;
      own.push(zone);
    }
    nodes.push({ nodeId: nodeId(node), zones: own, zonelists: buildZonelists(own) });
  }
  return nodes;
}
