/** Smaller cases on machines: fewer operations, nodes, zones, holes and pages; lower orders and plainer requests. */
import { allBut } from '../../judge/shrink/ddmin.ts';
import { pfn } from '../../unit.ts';
import type { MachineCase, MachineOperation } from './operation.ts';
import type { Machine, ZoneSpan } from '../../../protocol/index.ts';
import type { Pass } from '../../judge/kind.ts';

/** Returns a case without the operations [from, end). */
export const without = (of: MachineCase, from: number, end: number): MachineCase => ({
  ...of,
  script: allBut(of.script, from, end),
});

type Zones = readonly (readonly ZoneSpan[])[];

const withZones = (machine: Machine, zones: Zones): Machine => ({
  ...machine,
  nodes: zones.map((own) => ({ zones: own })),
});

const zonesOf = ({ nodes }: Machine): Zones => nodes.map(({ zones }) => zones);

/** Returns an operation after a node is gone; nothing if it asked that node. */
function renumbered(operation: MachineOperation, gone: number): readonly MachineOperation[] {
  if (operation.kind !== 'allocate' || operation.node < gone) return [operation];
  return operation.node === gone ? [] : [{ ...operation, node: operation.node - 1 }];
}

/** Without one of the nodes; what asked it goes too, or asks the first. */
function* fewerNodes({ machine, script }: MachineCase): Generator<MachineCase> {
  const zones = zonesOf(machine);
  for (let gone = zones.length - 1; gone >= 0 && zones.length > 1; gone--) {
    const rest = withZones(
      machine,
      zones.filter((_, at) => at !== gone),
    );
    const moved = script.map((one) => (one.kind === 'allocate' && one.node === gone ? { ...one, node: 0 } : one));
    const kept = moved.map((one) =>
      one.kind === 'allocate' && one.node > gone ? { ...one, node: one.node - 1 } : one,
    );
    yield { machine: rest, script: kept };
    yield { machine: rest, script: script.flatMap((operation) => renumbered(operation, gone)) };
  }
}

/** Returns the zones with one of them replaced by none, or by another. */
const replaced = (zones: Zones, node: number, at: number, by: readonly ZoneSpan[]): Zones =>
  zones.map((own, n) => (n === node ? own.flatMap((zone, m) => (m === at ? by : [zone])) : own));

/** Yields what `change` makes of each zone, one zone at a time. */
const eachZone = (change: (zone: ZoneSpan) => Iterable<readonly ZoneSpan[]>): Pass<MachineCase> =>
  function* ({ machine, script }) {
    const zones = zonesOf(machine);
    for (const [node, own] of zones.entries()) {
      for (const [at, zone] of own.entries()) {
        for (const by of change(zone)) yield { machine: withZones(machine, replaced(zones, node, at, by)), script };
      }
    }
  };

const fewerZones: Pass<MachineCase> = eachZone(() => [[]]);

const fewerHoles: Pass<MachineCase> = eachZone((zone) => (zone.holes.length === 0 ? [] : [[{ ...zone, holes: [] }]]));

/** With one zone cut to fewer pages. */
const fewerPages: Pass<MachineCase> = eachZone(function* (zone) {
  const { base, holes } = zone;
  for (let pages = 1; pages < zone.pages; pages = pages < 16 ? pages + 1 : 2 * pages) {
    const inside = holes.filter(([first, count]) => first + count <= base + pages);
    if (inside.length === holes.length || holes.every(([first]) => first >= base + pages)) {
      yield [{ ...zone, pages, holes: inside }];
    }
  }
});

/** The same zones, the first of them at frame 0. */
function* rebased({ machine, script }: MachineCase): Generator<MachineCase> {
  const zones = zonesOf(machine);
  const by = Math.min(...zones.flat().map(({ base }) => base));
  if (by === 0 || by === Infinity) return;
  const moved = zones.map((own) =>
    own.map((zone) => ({
      ...zone,
      base: pfn(zone.base - by),
      holes: zone.holes.map(([first, count]) => [pfn(first - by), count] as const),
    })),
  );
  const at = script.map((one) => (one.kind === 'free-frame' ? { ...one, head: pfn(Math.max(0, one.head - by)) } : one));
  yield { machine: withZones(machine, moved), script: at };
}

function* fewerOrders({ machine, script }: MachineCase): Generator<MachineCase> {
  for (let orders = 1; orders < machine.orders; orders++) yield { machine: { ...machine, orders }, script };
}

/** With watermarks of 0: nothing is kept back. */
function* noMarks({ machine, script }: MachineCase): Generator<MachineCase> {
  const none = { ratio: 1, least: 0, most: 0 };
  const { balance } = machine;
  for (const name of ['DMA', 'Normal', 'HighMem'] as const) {
    if (balance[name].most > 0) yield { machine: { ...machine, balance: { ...balance, [name]: none } }, script };
  }
}

/** Returns plainer forms of one operation. */
function* plainerOf(operation: MachineOperation): Generator<MachineOperation> {
  if (operation.kind === 'kswapd' && operation.plan.length > 0) yield { ...operation, plan: [] };
  if (operation.kind !== 'allocate') return;
  if (operation.plan.length > 0) yield { ...operation, plan: [] };
  if (operation.task !== 0) yield { ...operation, task: 0 };
  if (operation.bound) yield { ...operation, bound: false };
  for (let order = 0; order < operation.order; order++) yield { ...operation, order };
  for (const gfp of [0x1f0, 0x20]) if (gfp !== operation.gfp && operation.gfp !== 0x1f0) yield { ...operation, gfp };
}

/** With one operation made plainer. */
function* plainer({ machine, script }: MachineCase): Generator<MachineCase> {
  for (const [at, operation] of script.entries()) {
    for (const simpler of plainerOf(operation)) {
      yield { machine, script: script.map((one, n) => (n === at ? simpler : one)) };
    }
  }
}

/** Returns the ways to make a case simpler. */
export const simplerMachine = (): readonly Pass<MachineCase>[] => [
  fewerNodes,
  fewerZones,
  fewerHoles,
  rebased,
  noMarks,
  fewerPages,
  fewerOrders,
  plainer,
];
