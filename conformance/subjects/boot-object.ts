/** Boot memory that is an object of this process. */
import { BOOT_CLAUSE_OF, bootRejected } from '../../spec/boot/misuse.ts';
import { byteAddress, pfn } from '../unit.ts';
import { describe } from './buddy-object.ts';
import type { BootCommand, BootMisuse, BootNode } from '../../protocol/index.ts';
import type { BootOpened, BootPort } from '../kinds/boot/port.ts';
import type { BootResult } from '../kinds/boot/wire.ts';

/** Boot memory with the methods that the kernel's has. Any of them may return the misuse that it detects. */
export interface BootObject {
  /** Takes every page that a range touches; returns the pages that were taken before, if it warns of them. */
  reserve(node: number, address: number, size: number): unknown;
  /** Frees the pages that lie wholly in a range. */
  free(node: number, address: number, size: number): unknown;
  /** Returns an address; null if it refuses. */
  allocate(node: number | 'any', size: number, align: number, goal: number): unknown;
  /** Returns the pages that it hands over, in its order. */
  retire(node: number): unknown;
}

/** How to make boot memory of nodes, all of it reserved; or why there is none. */
export interface BootSpec {
  open(nodes: readonly BootNode[]): BootObject | { readonly unsupported: string };
}

const isMisuse = (answer: unknown): answer is BootMisuse =>
  typeof answer === 'string' && Object.hasOwn(BOOT_CLAUSE_OF, answer);

const isPages = (answer: unknown): answer is readonly number[] =>
  Array.isArray(answer) && answer.every((page) => Number.isSafeInteger(page));

/** Boot memory, as the judge asks it. What it throws is an answer that no command can have. */
export class BootObjectPort implements BootPort {
  readonly #spec: BootSpec;
  #object: BootObject | undefined;

  constructor(spec: BootSpec) {
    this.#spec = spec;
  }

  open(nodes: readonly BootNode[]): BootOpened {
    try {
      const opened = this.#spec.open(nodes);
      if ('unsupported' in opened) return { kind: 'unsupported', why: opened.unsupported };
      this.#object = opened;
      return { kind: 'ready' };
    } catch (error) {
      return { kind: 'failed', why: describe(error) };
    }
  }

  run(command: BootCommand, mapPages: (node: number) => number): BootResult {
    try {
      return this.#read(command, this.#ask(command), mapPages);
    } catch (error) {
      return { kind: 'nonsense', token: describe(error) };
    }
  }

  shown(): undefined {
    return undefined;
  }

  #ask(command: BootCommand): unknown {
    const object = this.#object;
    if (object === undefined) throw new Error('no nodes are open');
    switch (command.kind) {
      case 'reserve':
        return object.reserve(command.node, command.address, command.size);
      case 'free':
        return object.free(command.node, command.address, command.size);
      case 'allocate':
        return object.allocate(command.node, command.size, command.align, command.goal);
      case 'retire':
        return object.retire(command.node);
    }
  }

  #read({ kind, node }: BootCommand, answer: unknown, mapPages: (node: number) => number): BootResult {
    const said = (outcome: Extract<BootResult, { kind: 'answer' }>['outcome']): BootResult => ({
      kind: 'answer',
      outcome,
      frames: [],
    });
    if (isMisuse(answer)) return said(bootRejected(answer));
    if (kind === 'retire' && typeof node === 'number' && isPages(answer)) {
      const map = mapPages(node);
      return {
        kind: 'answer',
        outcome: { kind: 'retired', free: answer.length - map, map },
        frames: answer.map((page) => pfn(page)),
      };
    }
    if (kind === 'reserve' && isPages(answer) && answer.length > 0) {
      return said({ kind: 'warned', pages: answer.map((page) => pfn(page)) });
    }
    if (kind === 'allocate' && answer === null) return said({ kind: 'exhausted' });
    if (kind === 'allocate' && Number.isSafeInteger(answer)) {
      return said({ kind: 'granted', address: byteAddress(Number(answer)) });
    }
    if (kind !== 'allocate' && kind !== 'retire' && (answer === undefined || isPages(answer))) {
      return said({ kind: 'done' });
    }
    return { kind: 'nonsense', token: String(answer) };
  }
}
