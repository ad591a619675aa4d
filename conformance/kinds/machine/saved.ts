import { z } from 'zod';
import { encodeMachine } from './operation.ts';
import { pfn } from '../../unit.ts';
import type { Machine, Run, ZoneSpan } from '../../../protocol/index.ts';
import type { MachineCase } from './generate.ts';
import type { MachineOperation } from './operation.ts';

/** Text that is no case on a machine, and why. */
export interface BadMachineCase {
  readonly kind: 'bad-case';
  readonly why: string;
}

const bad = (why: string): BadMachineCase => ({ kind: 'bad-case', why });

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
    .max(2 ** 24),
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

/** What the words of a case are before its summary is opened. */
const wrapped = z.object({ case: z.unknown() });

/** The words of a case as one line of text, and the machine that they are sent to. */
export const saveMachine = (machine: Machine, words: readonly string[]): object => ({
  init: (JSON.parse(encodeMachine(0, machine)) as { readonly init: object }).init,
  run: words.join(' '),
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
  return shared === undefined ? undefined : `two zones share frame ${shared.base}`;
}

const WORDS =
  /^(?:(?<ask>[AN])(?<node>\d+):(?<order>\d+):(?<gfp>\d+):(?<task>\d+)|p(?<round>\d+):(?<planned>\d+)|(?<slot>[fg])(?<of>\d+)|F(?<frame>\d+):(?<size>\d+)|(?<turn>k))$/u;

/** Reclaims that a case may plan for one request: more than any request comes to. */
const MOST_ROUNDS = 1000;

function scriptOf(run: string): readonly MachineOperation[] | BadMachineCase {
  const script: MachineOperation[] = [];
  let asked = 0;
  let plan: number[][] = [];
  for (const word of run === '' ? [] : run.split(' ')) {
    const parts = WORDS.exec(word)?.groups;
    const number = (name: string): number => Number(parts?.[name]);
    if (parts === undefined) return bad(`"${word}" is no operation on a machine`);
    if (parts['round'] !== undefined) {
      if (number('round') >= MOST_ROUNDS) return bad(`"${word}" plans for a reclaim that never comes`);
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

/** A case on a machine, as it is saved or as a summary holds it; undefined where the value is none at all. */
export function parseMachineCase(value: unknown): MachineCase | BadMachineCase | undefined {
  const inner = wrapped.safeParse(value);
  const one = inner.success && inner.data.case !== undefined ? inner.data.case : value;
  if (!z.object({ init: z.object({ machine: z.unknown() }) }).safeParse(one).success) return undefined;
  const read = saved.safeParse(one);
  if (!read.success) {
    const issue = read.error.issues[0];
    return bad(`${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not a case'}`);
  }
  const machine = machineOf(read.data);
  const wrong = misplaced(machine);
  if (wrong !== undefined) return bad(`init.machine: ${wrong}`);
  const script = scriptOf(read.data.run);
  return 'kind' in script ? script : { machine, script };
}
