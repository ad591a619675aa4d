/** What the judge asks of boot memory, in this process or behind a pipe. */
import { encodeBootInit, encodeBootRun, pagedAs, parseBootResult } from './wire.ts';
import { malformed, parsed } from '../../wire/fields.ts';
import { parseOpening, parseRanText } from '../../wire/reply.ts';
import { requestLimit } from '../../wire/limits.ts';
import type { BootCommand, BootNode, BootObservation, Observation } from '../../../protocol/index.ts';
import type { BootResult } from './wire.ts';
import type { Failure, Parsed, PipedSubject, Subject } from '../../judge/subject.ts';

/** Nodes that can be used, or why there are none. */
export type BootOpened =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unsupported'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string };

/** All that boot memory in this process holds, and the zones that its nodes are retired into, node by node. It is live. */
export interface BootShown {
  readonly memory: BootObservation;
  readonly zones: readonly Observation[];
}

/** Boot memory, wherever it is. */
export interface BootPort {
  /** Starts a new case: all of each node is reserved. */
  open(nodes: readonly BootNode[]): BootOpened | Promise<BootOpened | Failure>;
  /** Asks one command; `mapPages` says how many pages a node's map takes. */
  run(command: BootCommand, mapPages: (node: number) => number): BootResult | Promise<BootResult | Failure>;
  /** Returns all that it holds; undefined if it cannot be shown. */
  shown(): BootShown | undefined;
}

/** Reads the one result of one command. */
function oneResult(reply: unknown): Parsed<string> {
  const text = parseRanText(reply);
  if (text.kind === 'malformed') return text;
  return text.value.ran.includes(' ') ? malformed('more than one result') : parsed(text.value.ran);
}

/** Returns boot memory behind a pipe. */
const pipedBoot = (subject: PipedSubject): BootPort => ({
  open: (nodes) => {
    const { pageSize } = pagedAs(nodes);
    if (pageSize !== undefined && !subject.hello.features.has('boot:page-size')) {
      return { kind: 'unsupported', why: `pages have ${pageSize} bytes, and it lacks the feature boot:page-size` };
    }
    return subject.ask({
      what: 'init',
      encode: (id) => encodeBootInit(id, nodes),
      parse: parseOpening,
      limit: requestLimit(subject.limits, 0),
    });
  },
  run: async (command, mapPages) => {
    const token = await subject.ask({
      what: 'run',
      encode: (id) => encodeBootRun(id, command),
      parse: oneResult,
      limit: requestLimit(subject.limits, 1),
    });
    return typeof token === 'string' ? parseBootResult(command, token, mapPages) : token;
  },
  shown: () => undefined,
});

/** Returns a subject as boot memory; undefined if it does not offer that. */
export function connectBoot(subject: Subject): BootPort | undefined {
  if (subject.kind === 'live') return subject.ports['boot'] as BootPort | undefined;
  return subject.hello.features.has('boot') ? pipedBoot(subject) : undefined;
}
