/** A case of boot memory, carried out by `src` beside what `spec` says of each answer. */
import { ORDERS, haveBits, nodeRow, sayBoot } from '../boot/memory.ts';
import { askBoot } from '../../../src/boot/ask.ts';
import { askedOfBoot } from '../../../spec/boot/asked.ts';
import { bootmemBytes, createAllocator, createBootmem, regionBytes } from '../../../src/index.ts';
import { byteAddress } from '../../../spec/unit.ts';
import { placeBoot, startBoot } from '../../../spec/boot/placement.ts';
import type { Allocator, Bootmem } from '../../../src/index.ts';
import type { Boot } from '../../../spec/index.ts';
import type { BootCommand, BootNode } from '../../../protocol/index.ts';
import type { CaseWorld } from './seen.ts';

function zoneOf({ end, start }: BootNode): Allocator {
  const pages = end - start;
  const region = { buffer: new ArrayBuffer(regionBytes('2.4', pages, ORDERS)), byteOffset: 0 };
  const made = createAllocator({ kernel: '2.4', base: start, pages, orders: ORDERS, holes: [] }, region);
  if (made.kind === 'rejected') throw new Error(made.why);
  return made.allocator;
}

/** Returns the command that a word says. */
function commandOf(word: string): BootCommand {
  const [which = '', one = 0, two = 0, goal = 0] = word.slice(2).split(':');
  const node = Number(which);
  const range = { node, address: byteAddress(Number(one)), size: Number(two) };
  switch (word[1]) {
    case 'r':
      return { kind: 'reserve', ...range };
    case 'f':
      return { kind: 'free', ...range };
    case 't':
      return { kind: 'retire', node };
    default: {
      const sized = { size: Number(one), align: Number(two), goal: byteAddress(Number(goal)) };
      return { kind: 'allocate', node: which === '*' ? 'any' : node, ...sized };
    }
  }
}

/** Nodes while a script is carried out. */
export class RunningBootCase {
  readonly #memory: Bootmem;
  readonly #zones: readonly Allocator[];
  #state: Boot;
  #agrees = true;
  #asked = '';
  #said: readonly string[] = ['every page is reserved'];

  constructor(nodes: readonly BootNode[]) {
    const made = createBootmem(nodes, { buffer: new ArrayBuffer(bootmemBytes(nodes)), byteOffset: 0 });
    if (made.kind === 'rejected') throw new Error(made.why);
    this.#memory = made.bootmem;
    this.#zones = nodes.map(zoneOf);
    this.#state = startBoot(nodes);
  }

  carryOut(word: string): void {
    const command = commandOf(word);
    const outcome = askBoot(this.#memory, command, this.#zones);
    const expected = placeBoot(this.#state, command, () => true);
    this.#state = expected.next;
    const isSame = haveBits(this.#state, this.#memory.observe());
    this.#agrees &&= isSame && JSON.stringify(expected.outcome) === JSON.stringify(outcome);
    this.#asked = askedOfBoot(command);
    this.#said = [sayBoot(outcome)];
  }

  get world(): CaseWorld {
    const rows = this.#state.flatMap((state, n) => {
      const zone = this.#zones[n];
      return zone === undefined ? [] : [nodeRow(state, `node ${n}`, zone.observe())];
    });
    return { rows, asked: this.#asked, said: this.#said, agrees: this.#agrees };
  }
}
