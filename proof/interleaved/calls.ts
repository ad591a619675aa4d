/** What a processor can call, the first step of each call, and what answers mean. */

import { FACE } from '../front/files.ts';
import { MISUSES, rejected } from '../../spec/buddy/misuse.ts';
import { NONE } from '../../src/buddy/buddy.ts';
import { PAGE_MISUSES, rejectedPage } from '../../spec/machine/misuse.ts';
import { STALLED } from '../../src/machine/page-alloc.ts';
import { firstOf } from './steps.ts';
import { order as orderFrom, pfn } from '../unit.ts';
import type { Asked, Step } from './steps.ts';
import type { Block, Command, Outcome, PageOutcome } from '../../protocol/index.ts';
import type { Method } from '../front/form.ts';
import type { Site, Words } from './site.ts';
import type { Value } from './run/value.ts';

const LOCKED = 'src/smp/locked.ts';

/** Whether processors take the zone's lock around each operation, or call the face of a zone that has one caller. */
export type Manner = 'locked' | 'bare';

/** Reports whether a command is one of a zone. */
export const isOfZone = (command: Asked): command is Command =>
  command.kind === 'allocate' || command.kind === 'free' || command.kind === 'hand-over';

const LOCKED_NAMES = { allocate: 'lockedAllocate', free: 'lockedFree', 'hand-over': 'lockedHandOver' } as const;
const BARE_NAMES = { allocate: 'allocate', free: 'free', 'hand-over': 'handOver' } as const;

/** What it is answered. */
export type Answer = Outcome | PageOutcome;

/** What callers can call: the shared words, and the first step of each call. */
export interface Callable {
  readonly site: Words;
  /** Returns what a caller may begin that may free these blocks. */
  readonly beginnings: (held: readonly Block[]) => readonly Asked[];
  /** Returns the first step of a command of a processor. */
  readonly first: (processor: number, command: Asked) => Step;
}

/** Returns a command as schedules print it. */
export function printed(command: Asked): string {
  switch (command.kind) {
    case 'allocate-pages':
    case 'allocate-on-node': {
      const task = command.task === 0 ? '' : `, task 0x${command.task.toString(16)}`;
      return `allocate order ${command.order}, mask 0x${command.gfp.toString(16)}${task}`;
    }
    case 'free-pages':
      return `free order ${command.order} at page ${command.head}`;
    case 'get-page':
      return `use page ${command.head}`;
    case 'kswapd':
      return 'kswapd';
    case 'allocate':
      return `allocate order ${command.order}`;
    case 'free':
      return `free order ${command.order} at page ${command.head}`;
    case 'hand-over':
      return `hand over page ${command.frame}`;
  }
}

/** Returns an outcome as schedules print it; two outcomes are equal if and only if these are. */
export function told(outcome: Answer): string {
  if (outcome.kind === 'granted') return `granted page ${outcome.head}`;
  return outcome.kind === 'rejected' ? `rejected as ${outcome.misuse}` : outcome.kind;
}

function valuesOf(command: Command): readonly number[] {
  switch (command.kind) {
    case 'allocate':
      return [command.order];
    case 'free':
      return [command.head, command.order];
    case 'hand-over':
      return [command.frame];
  }
}

/** Returns what a call answered: a zone says so itself, of a machine a frame or a text is returned. */
export function outcomeOf(command: Asked, value: Value): Answer {
  if (command.kind === 'allocate-pages' || command.kind === 'allocate-on-node') return frameOf(value);
  if (command.kind === 'free-pages') return putOf(value);
  const fields = typeof value === 'object' && value.kind === 'thing' ? value.fields : new Map<string, Value>();
  const head = fields.get('head');
  const misuse = MISUSES.find((one) => one === fields.get('misuse'));
  if (typeof head === 'number') return { kind: 'granted', head: pfn(head) };
  if (misuse !== undefined) return rejected(misuse);
  return fields.get('kind') === 'done' ? { kind: 'done' } : { kind: 'exhausted' };
}

/** Returns the outcome that the first frame of a block stands for, or what stands in its place. */
function frameOf(value: Value): PageOutcome {
  if (value === STALLED) return { kind: 'stalled' };
  if (value === NONE) return { kind: 'exhausted' };
  if (typeof value !== 'number') throw new Error('a request returned no frame');
  return { kind: 'granted', head: pfn(value) };
}

/** Returns the outcome that what came of a free stands for. */
function putOf(value: Value): PageOutcome {
  const misuse = PAGE_MISUSES.find((one) => one === value);
  if (misuse !== undefined) return rejectedPage(misuse);
  if (value !== 'freed' && value !== 'in use') throw new Error('a free returned nothing that is known');
  return { kind: 'done' };
}

/** The calls of a site: the steps of each are grown once, however often they are walked. */
export class Calls implements Callable {
  readonly site: Site;
  readonly manner: Manner;
  readonly #first = new Map<string, Step>();

  constructor(site: Site, manner: Manner) {
    this.site = site;
    this.manner = manner;
  }

  /** Returns a request for each order, and a free of each block. */
  beginnings(held: readonly Block[]): readonly Command[] {
    const { orders } = this.site.shape;
    return [
      ...Array.from({ length: orders }, (_, order): Command => ({ kind: 'allocate', order: orderFrom(order) })),
      ...held.map((block): Command => ({ kind: 'free', ...block })),
    ];
  }

  first(processor: number, command: Asked): Step {
    const key = `${processor} ${printed(command)}`;
    const known = this.#first.get(key);
    if (known !== undefined) return known;
    const { machine } = this.site;
    if (!isOfZone(command)) throw new Error(`a zone is not asked to ${key}`);
    const [method, self, values] = this.#called(processor, command);
    const step = firstOf(() => machine.invoke(method, self, values, undefined));
    this.#first.set(key, step);
    return step;
  }

  #called(processor: number, command: Command): readonly [Method, Value, readonly Value[]] {
    const { machine, face, locked } = this.site;
    if (this.manner === 'locked') {
      const method = machine.program.function(LOCKED, LOCKED_NAMES[command.kind]);
      return [method, undefined, [locked[processor], ...valuesOf(command)]];
    }
    const form = machine.program.class(FACE, 'Allocator');
    const method = machine.program.method(form, BARE_NAMES[command.kind]);
    if (method === undefined) throw new Error(`${FACE} has no ${BARE_NAMES[command.kind]} that can be read`);
    return [method, face, valuesOf(command)];
  }
}
