import {
  byteAddress,
  createAllocator,
  createBootmem,
  bootmemBytes,
  pfn,
  regionBytes,
  setupMemory,
} from '../../src/index.ts';
import type { Allocator, Bootmem, Retirement } from '../../src/index.ts';
import type {
  BootNode,
  BootOutcome,
  ByteAddress,
  Kernel,
  Firmware,
  NodeSize,
  UsableRange,
  ZoneSpan,
} from '../../protocol/index.ts';

const KIB = 1024;
const PAGE = 4 * KIB;

/** A machine of 256 KiB, of which firmware keeps 4 KiB. */
export const MACHINE: Firmware = {
  usable: [
    { address: byteAddress(0), size: 36 * KIB },
    { address: byteAddress(40 * KIB), size: 216 * KIB },
  ],
  nodes: [{ start: pfn(0), end: pfn(1024) }],
  dmaLimit: byteAddress(16 * KIB * KIB),
  lowLimit: byteAddress(896 * KIB * KIB),
};

/** The range where the kernel's own code and data lie: the map of boot memory begins behind them. */
export const KERNEL_IMAGE: UsableRange = { address: byteAddress(4 * PAGE), size: 14_000 };

const ORDERS = 5;

/** A machine that boots: its memory is a real buffer, and the state of its zone lies in that. */
export class BootedMachine {
  readonly memory: ArrayBuffer;
  readonly bootmem: Bootmem;
  readonly node: BootNode;
  readonly zone: ZoneSpan;
  readonly #kernel: Kernel;
  #allocator: Allocator | undefined;

  constructor(kernel: Kernel) {
    const [size] = setupMemory(MACHINE).nodes;
    const [zone] = size?.zones ?? [];
    if (size === undefined || zone === undefined) throw new Error('the machine has no memory');
    this.#kernel = kernel;
    this.zone = zone;
    this.memory = new ArrayBuffer(PAGE * size.maxPfn);
    this.node = bootNodeOf(size);
    const region = { buffer: new ArrayBuffer(bootmemBytes([this.node])), byteOffset: 0 };
    const zero = (address: ByteAddress, count: number): void => {
      new Uint8Array(this.memory, address, count).fill(0);
    };
    const created = createBootmem([this.node], region, zero);
    if (created.kind === 'rejected') throw new Error(created.why);
    this.bootmem = created.bootmem;
  }

  /** Frees what firmware says is usable, and reserves page 0, the kernel and the map. */
  freeUsable(): void {
    for (const { address, size } of MACHINE.usable) must(this.bootmem.freeBootmem(address, size));
    const mapBytes = Math.ceil((this.node.end - this.node.start) / 8);
    must(this.bootmem.reserveBootmem(KERNEL_IMAGE.address, KERNEL_IMAGE.size));
    must(this.bootmem.reserveBootmem(byteAddress(PAGE * this.node.map), mapBytes));
    must(this.bootmem.reserveBootmem(byteAddress(0), PAGE));
  }

  /** Places the zone's state in boot memory, and makes the zone; the address of the state. */
  placeZone(): { readonly address: number; readonly bytes: number } {
    const { base, holes, pages } = this.zone;
    const bytes = regionBytes(this.#kernel, pages, ORDERS);
    const outcome = this.bootmem.allocBootmem(bytes);
    if (outcome.kind !== 'granted') throw new Error(`${bytes} bytes were answered ${outcome.kind}`);
    const region = { buffer: this.memory, byteOffset: outcome.address };
    const created = createAllocator({ kernel: this.#kernel, base, pages, orders: ORDERS, holes }, region);
    if (created.kind === 'rejected') throw new Error(created.why);
    this.#allocator = created.allocator;
    return { address: outcome.address, bytes };
  }

  /** The zone, once it has been placed. */
  get allocator(): Allocator {
    if (this.#allocator === undefined) throw new Error('no zone has been placed yet');
    return this.#allocator;
  }

  /** Hands all that is free over to the zone: from here on there is only the zone. */
  retire(): Retirement {
    return this.bootmem.freeAllBootmem([this.allocator]);
  }
}

function must(outcome: BootOutcome): void {
  if (outcome.kind !== 'done') throw new Error(`it was answered ${JSON.stringify(outcome)}`);
}

function bootNodeOf({ maxLowPfn }: NodeSize): BootNode {
  const behindKernel = Math.ceil((KERNEL_IMAGE.address + KERNEL_IMAGE.size) / PAGE);
  return { start: pfn(0), end: maxLowPfn, map: pfn(behindKernel) };
}
