/** A case on a machine as a file, and from an untrusted file. */
import { show } from '../../show.ts';
import { z } from 'zod';
import { badCase } from '../../judge/kind.ts';
import { savedMachine, scriptWords } from './operation.ts';
import { pfn } from '../../unit.ts';
import type { Machine, Run, ZoneSpan } from '../../../protocol/index.ts';
import type { BadCase } from '../../judge/kind.ts';
import type { MachineCase, MachineOperation, SavedMachine } from './operation.ts';

const natural = z
  .int()
  .min(0)
  .max(2 ** 40);
const zone = z.tuple([
  z.enum(['DMA', 'Normal', 'HighMem']),
  natural,
  z
    .int()
    .min(1)
    .max(2 ** 20),
  z.array(z.tuple([natural, z.int().min(1)])),
]);
const marks = z.tuple([z.int().min(1), natural, natural]);
const saved = z.object({
  init: z.object({
    machine: z.object({
      orders: z.int().min(1).max(31),
      policy: z.enum(['node-local', 'round-robin']),
      balance: z.tuple([marks, marks, marks]),
      nodes: z.array(z.array(zone)).min(1),
    }),
  }),
  run: z.string(),
});

/** A case on a machine as it is saved. */
export interface SavedMachineCase {
  readonly init: { readonly machine: SavedMachine };
  readonly run: string;
}

/** Returns a case as it is saved: the machine, and the words that are sent to it. */
export const saveMachine = ({ machine, script }: MachineCase): SavedMachineCase => ({
  init: { machine: savedMachine(machine) },
  run: scriptWords(script).join(' '),
});

function machineOf({ init }: z.infer<typeof saved>): Machine {
  const { balance, nodes, orders, policy } = init.machine;
  const [dma, normal, high] = balance.map(([ratio, least, most]) => ({ ratio, least, most }));
  const none = { ratio: 1, least: 0, most: 0 };
  return {
    orders,
    policy,
    balance: { DMA: dma ?? none, Normal: normal ?? none, HighMem: high ?? none },
    nodes: nodes.map((zones) => ({
      zones: zones.map(([name, base, pages, holes]): ZoneSpan => ({
        name,
        base: pfn(base),
        pages,
        holes: holes.map(([first, count]): Run => [pfn(first), count]),
      })),
    })),
  };
}

/** What keeps zones from being those of a machine: they ascend in their node, share no frame, and have their holes inside. */
function misplaced({ nodes }: Machine): string | undefined {
  const names = ['DMA', 'Normal', 'HighMem'];
  for (const { zones } of nodes) {
    for (const [at, { name, base, holes, pages }] of zones.entries()) {
      const next = zones[at + 1];
      if (next !== undefined && (names.indexOf(next.name) <= names.indexOf(name) || next.base < base + pages)) {
        return `zone ${next.name} does not lie above zone ${name}`;
      }
      let end: number = base;
      for (const [first, count] of holes) {
        if (first < end || first + count > base + pages) return `a hole of zone ${name} is out of place`;
        end = first + count;
      }
    }
  }
  const all = nodes.flatMap(({ zones }) => zones).toSorted((one, other) => one.base - other.base);
  const shared = all.find(({ base }, at) => at > 0 && base < (all[at - 1]?.base ?? 0) + (all[at - 1]?.pages ?? 0));
  if (shared !== undefined) return `two zones share frame ${shared.base}`;
  const pages = all.reduce((sum, zone) => sum + zone.pages, 0);
  return pages > MOST_PAGES || all.length > MOST_ZONES
    ? `more than ${MOST_PAGES} pages, or more than ${MOST_ZONES} zones`
    : undefined;
}

/** A machine of more is not simulated: this process stays below 512 MiB, 340 MiB having been measured. */
const MOST_PAGES = 2 ** 20;
const MOST_ZONES = 256;

/** What keeps a request from being one that a caller of this machine can make. */
function impossible({ nodes }: Machine, operation: MachineOperation): string | undefined {
  if (operation.kind === 'free-frame' && operation.order > MOST_ORDER) return `order ${operation.order}`;
  if (operation.kind !== 'allocate') return undefined;
  const { gfp, node, order, task } = operation;
  if (node >= nodes.length) return `node ${node} of ${nodes.length}`;
  if (order > MOST_ORDER) return `order ${order}`;
  if ((gfp & ~KNOWN_GFP) !== 0 || gfp > KNOWN_GFP) return `gfp ${gfp}`;
  return (task & ~KNOWN_TASK) !== 0 || task > KNOWN_TASK ? `task flags ${task}` : undefined;
}

/** The largest order that a machine can have. */
const MOST_ORDER = 30;
/** All flags that a request, and the task that makes it, can have: protocol/README.md. */
const KNOWN_GFP = 0x1f3;
const KNOWN_TASK = 0x1800;

const WORDS =
  /^(?:(?<ask>[AN])(?<node>\d{1,16}):(?<order>\d{1,16}):(?<gfp>\d{1,16}):(?<task>\d{1,16})|p(?<round>\d{1,16}):(?<planned>\d{1,16})|(?<slot>[fg])(?<of>\d{1,16})|F(?<frame>\d{1,16}):(?<size>\d{1,16})|(?<turn>k))$/u;

/** Reclaims that a case may plan for one request: more than any request comes to. */
const MOST_ROUNDS = 1000;

function scriptOf(run: string): readonly MachineOperation[] | BadCase {
  const script: MachineOperation[] = [];
  let asked = 0;
  let plan: number[][] = [];
  for (const word of run === '' ? [] : run.split(' ')) {
    const parts = WORDS.exec(word)?.groups;
    const number = (name: string): number => Number(parts?.[name]);
    if (parts === undefined) return badCase(`"${show(word)}" is no operation on a machine`);
    if (parts['round'] !== undefined) {
      if (number('round') >= MOST_ROUNDS) return badCase(`"${show(word)}" plans for a reclaim that never comes`);
      while (plan.length <= number('round')) plan.push([]);
      plan[number('round')]?.push(number('planned'));
      continue;
    }
    if (parts['ask'] !== undefined) {
      const [node, order, gfp, task] = [number('node'), number('order'), number('gfp'), number('task')];
      script.push({ kind: 'allocate', id: asked++, node, order, gfp, task, bound: parts['ask'] === 'N', plan });
    } else if (parts['turn'] !== undefined) script.push({ kind: 'kswapd', plan });
    else if (parts['frame'] !== undefined)
      script.push({ kind: 'free-frame', head: pfn(number('frame')), order: number('size') });
    else if (parts['slot'] === 'g') script.push({ kind: 'get', of: number('of') });
    else script.push({ kind: 'free', of: number('of'), byFrame: false });
    plan = [];
  }
  return script;
}

const isOurs = z.object({ init: z.object({ machine: z.unknown().refine((machine) => machine !== undefined) }) });

/** Reads a case on a machine out of a value that nobody vouches for; undefined if it is of another kind. */
export function parseMachineCase(value: unknown): MachineCase | BadCase | undefined {
  if (!isOurs.safeParse(value).success) return undefined;
  const { nodes } = (value as { init: { machine: { nodes?: unknown } | null } }).init.machine ?? {};
  if (Array.isArray(nodes) && nodes.length > MOST_ZONES) return badCase(`init.machine.nodes: more than ${MOST_ZONES}`);
  const read = saved.safeParse(value);
  if (!read.success) {
    const issue = read.error.issues[0];
    return badCase(`${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not a case'}`);
  }
  const machine = machineOf(read.data);
  const wrong = misplaced(machine);
  if (wrong !== undefined) return badCase(`init.machine: ${wrong}`);
  const script = scriptOf(read.data.run);
  if ('kind' in script) return script;
  const never = script.map((operation) => impossible(machine, operation)).find((one) => one !== undefined);
  return never === undefined ? { machine, script } : badCase(`run: nobody can ask for ${never} here`);
}
