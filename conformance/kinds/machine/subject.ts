import { z } from 'zod';
import { encodeMachine, parseResult } from './operation.ts';
import { parseOpened, parsed, read } from '../../wire/reply.ts';
import { startProcess } from '../../subjects/process.ts';
import type { Failure, Hello, Opened } from '../../judge/subject.ts';
import type { Machine } from '../../../protocol/index.ts';
import type { MachineResult } from './operation.ts';
import type { Parsed } from '../../wire/tokens.ts';
import type { ProcessSubject } from '../../subjects/process.ts';

/** What a zone shows of itself: how many of its frames are free, and whether it asks to be balanced. */
export type ZoneView = readonly [free: number, asks: boolean];

/** A page allocator with zones and nodes, behind a pipe or not. */
export interface MachineSubject {
  readonly hello: Hello;
  open(machine: Machine): Promise<Opened | Failure>;
  /** The words of one step; what came back to the last of them. */
  run(words: readonly string[]): Promise<MachineResult | Failure>;
  /** By node and then ascending; undefined where it shows nothing. */
  observe(): Promise<readonly ZoneView[] | undefined | Failure>;
  close(): Promise<Failure | undefined>;
}

const runReply = z.object({ ran: z.string() });
const zonesReply = z.object({ observed: z.object({ zones: z.array(z.tuple([z.number(), z.boolean()])) }) });

const LIMIT = 2_000;

class MachineProcess implements MachineSubject {
  readonly hello: Hello;
  readonly #process: ProcessSubject;

  constructor(process: ProcessSubject) {
    this.hello = process.hello;
    this.#process = process;
  }

  open(machine: Machine): Promise<Opened | Failure> {
    const encode = (id: number): string => encodeMachine(id, machine);
    return this.#process.ask({ what: 'init', encode, parse: (reply) => parseOpened(reply), limit: LIMIT });
  }

  run(words: readonly string[]): Promise<MachineResult | Failure> {
    return this.#process.ask({
      what: 'run',
      encode: (id) => `{"id":${id},"run":"${words.join(' ')}"}`,
      parse: (reply) => {
        const outer = read(runReply, reply);
        return outer.kind === 'malformed' ? outer : parseResult(outer.value.ran, words.length);
      },
      limit: LIMIT,
    });
  }

  async observe(): Promise<readonly ZoneView[] | undefined | Failure> {
    if (!this.hello.features.has('observe:zones')) return undefined;
    return this.#process.ask({
      what: 'observe',
      encode: (id) => `{"id":${id},"observe":["zones"]}`,
      parse: (reply): Parsed<readonly ZoneView[]> => {
        const outer = read(zonesReply, reply);
        return outer.kind === 'malformed' ? outer : parsed(outer.value.observed.zones);
      },
      limit: LIMIT,
    });
  }

  close(): Promise<Failure | undefined> {
    return this.#process.close();
  }
}

/** Starts a harness that has the feature `machine`. */
export async function startMachine(command: readonly string[]): Promise<MachineSubject | Failure> {
  const started = await startProcess(command);
  if (started.kind !== 'piped') return started;
  if (started.hello.features.has('machine')) return new MachineProcess(started);
  await started.close();
  return { kind: 'no-start', how: 'its hello does not have the feature machine', stderr: '' };
}
