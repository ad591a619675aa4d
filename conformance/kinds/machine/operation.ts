/** One step on a machine, its words on the wire and in files, and what a harness answers to it. */
import { malformed } from '../../wire/fields.ts';
import { pfn } from '../../unit.ts';
import type { Parsed } from '../../judge/subject.ts';
import type { Machine, Order, PageOutcome, Pfn, Run, ZoneName } from '../../../protocol/index.ts';

/** One step of a machine's script. Allocations have ids of their own, so that any of them can be left out. */
export type MachineOperation =
  | {
      readonly kind: 'allocate';
      readonly id: number;
      readonly node: number;
      readonly order: number;
      readonly gfp: number;
      readonly task: number;
      /** On this node alone. */
      readonly bound: boolean;
      readonly plan: ReclaimScript;
    }
  | { readonly kind: 'free'; readonly of: number; readonly byFrame: boolean }
  | { readonly kind: 'free-frame'; readonly head: Pfn; readonly order: number }
  | { readonly kind: 'get'; readonly of: number }
  | { readonly kind: 'kswapd'; readonly plan: ReclaimScript };

/** By reclaim, the allocations whose blocks it frees. */
export type ReclaimScript = readonly (readonly number[])[];

/** What a harness answered to one step. */
export interface MachineResult {
  readonly outcome: PageOutcome | { readonly kind: 'nonsense'; readonly token: string };
  readonly reclaims: number;
  readonly woken: boolean;
}

/** A machine as `init` and saved cases describe it. */
export interface SavedMachine {
  readonly orders: number;
  readonly policy: Machine['policy'];
  readonly balance: readonly (readonly [ratio: number, least: number, most: number])[];
  readonly nodes: readonly (readonly (readonly [
    name: ZoneName,
    base: number,
    pages: number,
    holes: readonly Run[],
  ])[])[];
}

/** Returns a machine as `init` describes it: the order of the keys is fixed. */
export const savedMachine = ({ balance, nodes, orders, policy }: Machine): SavedMachine => ({
  orders,
  policy,
  balance: [balance.DMA, balance.Normal, balance.HighMem].map(({ ratio, least, most }) => [ratio, least, most]),
  nodes: nodes.map(({ zones }) => zones.map(({ name, base, pages, holes }) => [name, base, pages, holes])),
});

/** Returns the request that describes a machine: there are no spaces. */
export const encodeMachine = (id: number, machine: Machine): string =>
  `{"id":${id},"init":{"machine":${JSON.stringify(savedMachine(machine))}}}`;

/** The words of a step: first what its reclaims are to free. `slotOf` numbers the allocations that are there. */
export function wordsOf(
  operation: MachineOperation,
  slotOf: (id: number) => number | undefined,
  blockOf: (id: number) => { readonly head: number; readonly order: Order } | undefined,
): readonly string[] {
  const planned = (plan: ReclaimScript): readonly string[] =>
    plan.flatMap((ids, round) => ids.flatMap((id) => (slotOf(id) === undefined ? [] : [`p${round}:${slotOf(id)}`])));
  switch (operation.kind) {
    case 'allocate': {
      const { bound, gfp, node, order, plan, task } = operation;
      return [...planned(plan), `${bound ? 'N' : 'A'}${node}:${order}:${gfp}:${task}`];
    }
    case 'free': {
      const block = operation.byFrame ? blockOf(operation.of) : undefined;
      const slot = slotOf(operation.of);
      if (slot === undefined) return [];
      return [block === undefined ? `f${slot}` : `F${block.head}:${block.order}`];
    }
    case 'free-frame':
      return [`F${operation.head}:${operation.order}`];
    case 'get': {
      const slot = slotOf(operation.of);
      return slot === undefined ? [] : [`g${slot}`];
    }
    case 'kswapd':
      return [...planned(operation.plan), 'k'];
  }
}

const RESULT = /^(?:(\d{1,16})|(-)|(~)|(\.))(?:\/(\d{1,4}))?(w?)$/u;

function resultOf(token: string): MachineResult {
  const [, frame, refused, stalled, done, reclaims, woken] = RESULT.exec(token) ?? [];
  const rest = { reclaims: Number(reclaims ?? 0), woken: woken === 'w' };
  if (frame !== undefined) return { outcome: { kind: 'granted', head: pfn(Number(frame)) }, ...rest };
  if (refused !== undefined) return { outcome: { kind: 'exhausted' }, ...rest };
  if (stalled !== undefined) return { outcome: { kind: 'stalled' }, ...rest };
  if (done !== undefined) return { outcome: { kind: 'done' }, ...rest };
  return { outcome: { kind: 'nonsense', token }, reclaims: 0, woken: false };
}

/** The result of the last of so many words; those before it only say what is to be freed. */
export function parseResult(ran: string, count: number): Parsed<MachineResult> {
  const tokens = ran.split(' ');
  if (tokens.length !== count) return malformed(`${tokens.length} results for ${count} operations`);
  return { kind: 'parsed', value: resultOf(tokens.at(-1) ?? '') };
}

/** A machine, and what is done to it. */
export interface MachineCase {
  readonly machine: Machine;
  readonly script: readonly MachineOperation[];
}

/** Returns the words of a whole script; what refers to an allocation that is not there is left out. */
export function scriptWords(script: readonly MachineOperation[]): readonly string[] {
  const slots = new Map<number, number>();
  return script.flatMap((operation) => {
    const words = wordsOf(
      operation,
      (id) => slots.get(id),
      () => undefined,
    );
    if (operation.kind === 'allocate') slots.set(operation.id, slots.size);
    return words;
  });
}

/** Returns what an operation asks, in words. */
export function asked(operation: MachineOperation): string {
  switch (operation.kind) {
    case 'allocate': {
      const { bound, gfp, node, order, task } = operation;
      const where = bound ? `of node ${node} alone` : `for node ${node}`;
      return `allocate a block of order ${order} ${where}, gfp 0x${gfp.toString(16)}, task flags 0x${task.toString(16)}`;
    }
    case 'free':
      return `free what allocation ${operation.of} was granted`;
    case 'free-frame':
      return `free frame ${operation.head} as order ${operation.order}`;
    case 'get':
      return `give what allocation ${operation.of} was granted one more user`;
    case 'kswapd':
      return 'give kswapd a turn';
  }
}
