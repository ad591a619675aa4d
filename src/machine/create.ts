import { DEFAULT_BALANCE, I386_LIMITS, ZONE_NAMES, watermarks, zoneSizes } from './machine-zone.ts';
import { PhysicalMemory } from './physical-memory.ts';
import { buildZonelists } from './zonelist.ts';
import { openZone } from '../buddy/allocator.ts';
import { nodeId, pfn } from '../words/unit.ts';
import { regionBytes } from '../buddy/region.ts';
import { Field } from '../words/field.ts';
import type { BadShape } from '../buddy/shape.ts';
import type { Clause, Machine, NodeId, NodePolicy, Run, ZoneLimits, ZoneSpan } from '../../protocol/index.ts';
import type { MachineZone } from './machine-zone.ts';
import type { PgData } from './pgdat.ts';
import type { Reclaimer } from './reclaim.ts';
import type { Region } from '../buddy/region.ts';

/** MAX_ORDER of 2.4: a count. @linux include/linux/mmzone.h MAX_ORDER */
const MAX_ORDER = 10;

/** What firmware tells of a node: its frames [first, end), and those among them that are not there. */
export interface NodeFrames {
  readonly first: number;
  readonly end: number;
  readonly holes?: readonly Run[];
}

/** What of a machine is not what it is on a PC with 2.4.22. */
export interface MachineOptions {
  readonly limits?: ZoneLimits;
  readonly balance?: Machine['balance'];
  readonly orders?: number;
  readonly policy?: NodePolicy;
}

/** The part of each hole that lies in [base, base + pages). */
function holesIn(holes: readonly Run[], base: number, pages: number): readonly Run[] {
  return holes.flatMap(([first, count]): readonly Run[] => {
    const from = Math.max(first, base);
    const size = Math.min(first + count, base + pages) - from;
    return size > 0 ? [[pfn(from), size]] : [];
  });
}

/** A machine of these nodes. */
export function machineWith(nodes: Machine['nodes'], options: Omit<MachineOptions, 'limits'>): Machine {
  const { balance = DEFAULT_BALANCE, orders = MAX_ORDER, policy = 'node-local' } = options;
  return { orders, balance, policy, nodes };
}

/** A machine from what firmware tells of its nodes, their frames parted into zones. @clause ZONE-1 @linux arch/i386/mm/init.c paging_init */
export function machineOf(nodes: readonly NodeFrames[], options: MachineOptions = {}): Machine {
  const limits = options.limits ?? { dma: pfn(I386_LIMITS.dma), normal: pfn(I386_LIMITS.normal) };
  const shapes = nodes.map(({ first, end, holes = [] }) => ({
    zones: zoneSizes(limits, first, end).map(({ name, base, pages }) => ({
      name,
      base: pfn(base),
      pages,
      holes: holesIn(holes, base, pages),
    })),
  }));
  return machineWith(shapes, options);
}

const bad = (clause: Clause, why: string): BadShape => ({ kind: 'rejected', clause, why });

const isAtLeast = (n: number, least: number): boolean => Number.isInteger(n) && n >= least;

function badBalance({ balance }: Machine): string | undefined {
  for (const name of ZONE_NAMES) {
    const { ratio, least, most } = balance[name];
    if (!isAtLeast(ratio, 1)) return `the ratio of ${name} is ${ratio}, not a whole number from 1`;
    if (!isAtLeast(least, 0) || !isAtLeast(most, least))
      return `pages_min of ${name} is bounded by ${least} and ${most}`;
  }
  return undefined;
}

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

/** What is wrong with a machine; undefined where nothing is but what its zones' own shapes may have. @clause MAKE-6 */
export function refuseMachine(machine: Machine): BadShape | undefined {
  if (machine.nodes.length === 0) return bad('MAKE-6', 'a machine has at least one node');
  const why =
    badBalance(machine) ??
    machine.nodes.map(({ zones }) => badZones(zones)).find((one) => one !== undefined) ??
    overlap(machine);
  return why === undefined ? undefined : bad('MAKE-6', why);
}

/** Where the state of a zone, or the counts of its pages, are to lie: so many bytes. */
export type Give = (bytes: number) => Region;

const WORD = 4;

const countsIn = ({ buffer, byteOffset }: Region, pages: number): Field =>
  new Field(new Int32Array(buffer, byteOffset, pages).fill(0));

/** A zone, nothing of which is handed over. @clause WATER-1 @clause PAGE-3 @linux mm/page_alloc.c free_area_init_core */
function zoneOf(machine: Machine, node: NodeId, span: ZoneSpan, place: number, give: Give): MachineZone | BadShape {
  const { base, holes, name, pages } = span;
  const { orders } = machine;
  const shape = { kernel: '2.4', base, pages, orders, holes } as const;
  const isSane = isAtLeast(pages, 1) && pages <= 2 ** 28 && isAtLeast(orders, 1) && orders <= 31;
  const bytes = isSane ? regionBytes('2.4', pages, orders) : 0;
  const region = give(bytes);
  const opened = openZone(shape, region);
  if (opened.kind === 'rejected') return opened;
  const { balance } = machine;
  const { min, low, high } = watermarks(
    balance[name],
    holes.reduce((left, [, count]) => left - count, pages),
  );
  return {
    place,
    node,
    name,
    id: ZONE_NAMES.indexOf(name),
    buddy: opened.zone,
    allocator: opened.allocator,
    counts: countsIn(give(WORD * pages), pages),
    pagesMin: min,
    pagesLow: low,
    pagesHigh: high,
    needBalance: false,
  };
}

/** A machine's memory, or why it cannot be made. */
export type CreatedMachine = { readonly kind: 'created'; readonly memory: PhysicalMemory } | BadShape;

/**
 * A machine's memory, made new: every frame is held by boot memory until it is handed over. `clearPage` is told which frame
 * is to be filled with zeroes; `give`, how many bytes the state of a zone takes, and the counts of its pages. @clause MAKE-6 @clause PAGE-5
 */
export function createMachine(
  machine: Machine,
  reclaimer: Reclaimer,
  clearPage: (frame: number) => void = () => undefined,
  give: Give = (bytes) => ({ buffer: new ArrayBuffer(bytes), byteOffset: 0 }),
): CreatedMachine {
  const refused = refuseMachine(machine);
  if (refused !== undefined) return refused;
  const zones: MachineZone[] = [];
  const nodes: PgData[] = [];
  for (const [node, { zones: spans }] of machine.nodes.entries()) {
    const own: MachineZone[] = [];
    for (const span of spans) {
      const zone = zoneOf(machine, nodeId(node), span, zones.length + own.length, give);
      if ('kind' in zone) return zone;
      own.push(zone);
    }
    zones.push(...own);
    nodes.push({ nodeId: nodeId(node), zones: own, zonelists: buildZonelists(own) });
  }
  return { kind: 'created', memory: new PhysicalMemory(machine, zones, nodes, reclaimer, clearPage) };
}
