/** What a processor can call, the first step of each call, and what answers mean. */

import { FACE } from '../front/files.ts';
import { MISUSES, rejected } from '../../spec/buddy/misuse.ts';
import { Step } from './steps.ts';
import { pfn } from '../unit.ts';
import type { Command, Outcome } from '../../protocol/index.ts';
import type { Method } from '../front/form.ts';
import type { Site } from './site.ts';
import type { Value } from './run/value.ts';

const LOCKED = 'src/smp/locked.ts';

/** Whether processors take the zone's lock around each operation, or call the face of a zone that has one caller. */
export type Manner = 'locked' | 'bare';

const LOCKED_NAMES = { allocate: 'lockedAllocate', free: 'lockedFree', 'hand-over': 'lockedHandOver' } as const;
const BARE_NAMES = { allocate: 'allocate', free: 'free', 'hand-over': 'handOver' } as const;

/** Returns a command as schedules print it. */
export function printed(command: Command): string {
  switch (command.kind) {
    case 'allocate':
      return `allocate order ${command.order}`;
    case 'free':
      return `free order ${command.order} at page ${command.head}`;
    case 'hand-over':
      return `hand over page ${command.frame}`;
  }
}

/** Returns an outcome as schedules print it; two outcomes are equal if and only if these are. */
export function told(outcome: Outcome): string {
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

/** Returns what a call answered. */
export function outcomeOf(value: Value): Outcome {
  const fields = typeof value === 'object' && value.kind === 'thing' ? value.fields : new Map<string, Value>();
  const head = fields.get('head');
  const misuse = MISUSES.find((one) => one === fields.get('misuse'));
  if (typeof head === 'number') return { kind: 'granted', head: pfn(head) };
  if (misuse !== undefined) return rejected(misuse);
  return fields.get('kind') === 'done' ? { kind: 'done' } : { kind: 'exhausted' };
}

/** The calls of a site: the steps of each are grown once, however often they are walked. */
export class Calls {
  readonly site: Site;
  readonly manner: Manner;
  readonly #first = new Map<string, Step>();

  constructor(site: Site, manner: Manner) {
    this.site = site;
    this.manner = manner;
  }

  /** Returns the first step of a command of a processor. */
  first(processor: number, command: Command): Step {
    const key = `${processor} ${printed(command)}`;
    const known = this.#first.get(key);
    if (known !== undefined) return known;
    const { machine } = this.site;
    const [method, self, values] = this.#called(processor, command);
    const step = Step.first(() => machine.invoke(method, self, values, undefined));
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
