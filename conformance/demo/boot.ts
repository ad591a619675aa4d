import { BootedMachine, KERNEL_IMAGE, MACHINE } from './boot-machine.ts';
import { drawBoot, drawLists } from './draw.ts';
import { order } from '../../src/index.ts';
import type { BootOutcome } from '../../protocol/index.ts';

const tell = (outcome: BootOutcome): string =>
  outcome.kind === 'granted' ? `-> ${outcome.address}` : `-> ${outcome.kind}`;

/** The boot map with what has just happened before it. */
function shown(machine: BootedMachine, ...lines: readonly string[]): readonly string[] {
  const { nodes } = machine.bootmem.observe();
  return [...lines, '', ...nodes.map(drawBoot), ''];
}

function tellStart(machine: BootedMachine): readonly string[] {
  const usable = MACHINE.usable.map(({ address, size }) => `bytes ${address} to ${address + size - 1}`);
  const { base, holes, name, pages } = machine.zone;
  const told = holes.map(([first, count]) => `${count} at ${first}`).join(', ');
  return [
    `Firmware: usable are ${usable.join(' and ')}.`,
    `So the zone ${name} has the pages ${base} to ${base + pages - 1}, with a hole: ${told}.`,
    ...shown(machine, 'Boot memory starts with every page reserved (#).'),
  ];
}

function tellBoot(machine: BootedMachine): readonly string[] {
  machine.freeUsable();
  const { address, size } = KERNEL_IMAGE;
  const reserved = `bytes ${address} to ${address + size - 1} for the kernel, page ${machine.node.map} for the map, page 0`;
  const freed = shown(machine, `The usable pages are freed (.), and reserved again: ${reserved}.`);
  const small = [100, 200, 3900].map((bytes) => `allocate ${bytes} bytes ${tell(machine.bootmem.allocBootmem(bytes))}`);
  const packed = shown(machine, ...small, 'Small requests share pages: three of them took two.');
  const state = machine.placeZone();
  const placed = `The state of the zone, ${state.bytes} bytes, is placed at ${state.address}, in the memory that it describes.`;
  return [...freed, ...packed, ...shown(machine, placed)];
}

function tellRetirement(machine: BootedMachine): readonly string[] {
  const retirement = machine.retire();
  if (retirement.kind !== 'retired') throw new Error(`retirement was answered ${retirement.misuse}`);
  const { free, map } = retirement;
  const after = machine.bootmem.allocBootmem(1);
  return [
    `Retirement hands over ${free} free pages, ascending, and then ${map} of the map.`,
    `Boot memory is no more: another request is ${after.kind}${after.kind === 'rejected' ? ` as ${after.misuse}` : ''}.`,
    '',
    drawLists(machine.allocator.observe()),
    '',
  ];
}

function tellPages({ allocator }: BootedMachine): readonly string[] {
  const asked = [0, 2, 3].map((of) => {
    const outcome = allocator.allocate(order(of));
    return `allocate order ${of} -> ${outcome.kind === 'granted' ? `page ${outcome.head}` : outcome.kind}`;
  });
  return [...asked, '', drawLists(allocator.observe())];
}

/** From firmware's table to pages: boot memory, the zone's state placed in it, retirement, and the buddy system at work. */
export function demoBoot(): string {
  const machine = new BootedMachine('2.4');
  const tellings = [tellStart, tellBoot, tellRetirement, tellPages];
  return tellings.flatMap((telling) => telling(machine)).join('\n');
}
