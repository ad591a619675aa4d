/** What the judge asks of a page allocator with zones and nodes, in this process or behind a pipe. */
import { z } from 'zod';
import { encodeMachine, parseResult } from './operation.ts';
import { parseOpening, parseRanText, read } from '../../wire/reply.ts';
import { requestLimit } from '../../wire/limits.ts';
import type { Failure, Parsed, PipedSubject, Subject } from '../../judge/subject.ts';
import type { Machine, MachineObservation } from '../../../protocol/index.ts';
import type { MachineResult } from './operation.ts';

/** What a zone shows of itself: how many of its frames are free, and whether it asks to be balanced. */
export type ZoneReport = readonly [free: number, asks: boolean];

/** A machine that can be used, or why there is none. */
export type MachineOpened =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unsupported'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string };

/** A page allocator with zones and nodes, wherever it is. */
export interface MachinePort {
  open(machine: Machine): MachineOpened | Promise<MachineOpened | Failure>;
  /** Asks the words of one step; returns what came back to the last of them. */
  run(words: readonly string[]): MachineResult | Promise<MachineResult | Failure>;
  /** Returns what each zone shows, by node and then ascending; undefined if nothing is shown. */
  observe(): readonly ZoneReport[] | undefined | Promise<readonly ZoneReport[] | undefined | Failure>;
  /** Returns all that the machine holds, live; undefined if it cannot be shown. */
  shown(): MachineObservation | undefined;
}

const zonesReply = z.object({ observed: z.object({ zones: z.array(z.tuple([z.number(), z.boolean()])) }) });

/** Returns a machine behind a pipe. */
const pipedMachine = (subject: PipedSubject): MachinePort => ({
  open: (machine) =>
    subject.ask({
      what: 'init',
      encode: (id) => encodeMachine(id, machine),
      parse: parseOpening,
      limit: requestLimit(subject.limits, 0),
    }),
  run: (words) =>
    subject.ask({
      what: 'run',
      encode: (id) => `{"id":${id},"run":"${words.join(' ')}"}`,
      parse: (reply) => {
        const text = parseRanText(reply);
        return text.kind === 'malformed' ? text : parseResult(text.value.ran, words.length);
      },
      limit: requestLimit(subject.limits, words.length),
    }),
  observe: async () => {
    if (!subject.hello.features.has('observe:zones')) return undefined;
    return subject.ask({
      what: 'observe',
      encode: (id) => `{"id":${id},"observe":["zones"]}`,
      parse: (reply): Parsed<readonly ZoneReport[]> => {
        const outer = read(zonesReply, reply);
        return outer.kind === 'malformed' ? outer : { kind: 'parsed', value: outer.value.observed.zones };
      },
      limit: requestLimit(subject.limits, 0),
    });
  },
  shown: () => undefined,
});

/** Returns a subject as a machine; undefined if it does not offer that. */
export function connectMachine(subject: Subject): MachinePort | undefined {
  if (subject.kind === 'live') return subject.ports['machine'] as MachinePort | undefined;
  return subject.hello.features.has('machine') ? pipedMachine(subject) : undefined;
}
