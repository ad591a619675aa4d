// A command to boot memory, carried out by the function that the kernel's callers have for it.
import type { BootCommand, BootOutcome } from '../../protocol/index.ts';
import type { Bootmem } from './bootmem.ts';
import type { Door } from './retire.ts';

/** Asks boot memory to carry out a command. Returns its answer; `zones` is what a node is retired into. */
export function askBoot(memory: Bootmem, command: BootCommand, zones: readonly Door[]): BootOutcome {
  switch (command.kind) {
    case 'reserve':
      return memory.reserveBootmemNode(command.node, command.address, command.size);
    case 'free':
      return memory.freeBootmemNode(command.node, command.address, command.size);
    case 'allocate': {
      const { align, goal, node, size } = command;
      if (node === 'any') return memory.allocBootmemAt(size, align, goal);
      return memory.allocBootmemNodeAt(node, size, align, goal);
    }
    case 'retire':
      return memory.freeAllBootmemNode(command.node, zones);
  }
}
