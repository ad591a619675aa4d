/** Both sides of the lockstep of boot memory and of the zone that it is retired into. */
import { bootPlaced, buddy, placeBoot, placement, startBoot, valuesOf } from '../../../spec/index.ts';
import { bootCommandOf } from '../../arbitrary/boot.ts';
import { addressOf, handedOver, isPageTaken, lastOf, pageSizeOf } from '../../../spec/boot/state.ts';
import { order, pfn } from '../../../spec/unit.ts';
import { askBoot } from '../../../src/boot/ask.ts';
import { Comparison } from '../../../conformance/kinds/buddy/compare/zone.ts';
import { BOOT, NOBODY } from '../../../spec/buddy/owner.ts';
import { bootmemBytes, createAllocator, createBootmem } from '../../../src/index.ts';
import { regionFor } from '../../arbitrary/region.ts';
import type { Allocator, Bootmem, ZoneShape } from '../../../src/index.ts';
import type { Boot, Placed } from '../../../spec/index.ts';
import type { BootCommand, BootNode, BootOutcome, Kernel, Pfn } from '../../../protocol/index.ts';
import type { BootIntent } from '../../arbitrary/boot.ts';
import type { BootCoverage } from './coverage.ts';

/** What a life starts from: nodes, and the zone that spans them all. */
export interface BootStart {
  readonly nodes: readonly BootNode[];
  readonly kernel: Kernel;
  readonly orders: number;
}

/** Both sides of boot memory and of the zone that it is retired into, in step. */
export class BootLockstep {
  readonly #start: BootStart;
  readonly #seen: BootCoverage;
  readonly #region: { readonly buffer: ArrayBuffer; readonly byteOffset: number };
  readonly #bootmem: Bootmem;
  readonly #zone: Allocator;
  readonly #comparison = new Comparison();
  readonly #zeroed: string[] = [];
  readonly #script: string[] = [];
  readonly #pageSize: number;
  #boot: Boot;
  #placed: Placed;

  constructor(start: BootStart, seen: BootCoverage) {
    this.#start = start;
    this.#pageSize = pageSizeOf(start.nodes[0] ?? {});
    if (this.#pageSize === 8192) seen.saw('pages of 8 kB');
    if (this.#pageSize > 8192) seen.saw('pages larger still');
    this.#seen = seen;
    this.#region = { buffer: new ArrayBuffer(bootmemBytes(start.nodes) + 8), byteOffset: 4 };
    const created = createBootmem(start.nodes, this.#region, (address, count) =>
      this.#zeroed.push(`${address}+${count}`),
    );
    if (created.kind === 'rejected') throw new Error(created.why);
    this.#bootmem = created.bootmem;
    this.#boot = startBoot(start.nodes);
    const shape = shapeOf(start);
    const zone = createAllocator(shape, regionFor(shape));
    if (zone.kind === 'rejected') throw new Error(zone.why);
    this.#zone = zone.allocator;
    const { kernel, base, pages, orders, holes } = shape;
    this.#placed = bootPlaced(kernel, {
      base,
      pages,
      orders,
      holes,
      alignment: kernel === '2.4' ? 'base' : 'absolute',
    });
    if (kernel === '2.6') seen.saw('zone of 2.6');
  }

  /** Every node's pages freed and its map reserved: what architecture code does first. */
  open(): void {
    for (const [node, { end, map, start }] of this.#start.nodes.entries()) {
      const page = this.#pageSize;
      this.ask({ kind: 'free', node, address: addressOf(start, page), size: addressOf(pfn(end - start), page) });
      this.ask({ kind: 'reserve', node, address: addressOf(map, page), size: page });
    }
  }

  intend(intent: BootIntent): void {
    this.ask(bootCommandOf(this.#start.nodes, intent));
  }

  /** Asks both sides the same, and stops at the first thing that differs. */
  ask(command: BootCommand): void {
    this.#script.push(JSON.stringify(command));
    const waits = (page: Pfn): boolean => buddy.ownerOf(this.#placed.state, page) === BOOT;
    const { next, outcome } = placeBoot(this.#boot, command, waits);
    const before = new Uint8Array(this.#region.buffer).slice();
    const answer = askBoot(this.#bootmem, command, [this.#zone]);
    if (JSON.stringify(answer) !== JSON.stringify(outcome)) {
      this.#stop(`it was answered ${JSON.stringify(answer)}, but ${JSON.stringify(outcome)} is right`);
    }
    const still = outcome.kind === 'exhausted' || outcome.kind === 'rejected';
    if (still && new Uint8Array(this.#region.buffer).some((byte, at) => byte !== before[at])) {
      this.#stop('BOOT-14 refuted: the region has changed');
    }
    this.#checkZeroed(command, outcome);
    this.#seen.sawStep(this.#boot, command, outcome, next);
    if (outcome.kind === 'retired') this.#handOver(Number(command.node));
    this.#boot = next;
    this.#look();
  }

  #checkZeroed(command: BootCommand, outcome: BootOutcome): void {
    const right =
      outcome.kind === 'granted' && command.kind === 'allocate' ? [`${outcome.address}+${command.size}`] : [];
    const zeroed = this.#zeroed.splice(0);
    if (zeroed.join() !== right.join()) this.#stop(`BOOT-13 refuted: ${zeroed.join()} was zeroed, not ${right.join()}`);
  }

  #handOver(node: number): void {
    const state = this.#boot[node];
    if (state === undefined) return;
    const { free, map } = handedOver(state);
    if (valuesOf(this.#placed.state.owners).includes(NOBODY)) this.#seen.saw('pages handed over of several nodes');
    for (const frame of [...free, ...map]) this.#placed = placement(this.#placed, { kind: 'hand-over', frame }).next;
  }

  /** The map, the last page and the zone, whole. */
  #look(): void {
    for (const [at, seen] of this.#bootmem.observe().nodes.entries()) {
      const state = this.#boot[at];
      if (state === undefined) return this.#stop(`there is a node ${at}`);
      const { lastOffset, lastPos } = lastOf(state);
      if (seen.lastPos !== lastPos || seen.lastOffset !== lastOffset || seen.retired !== state.retired) {
        this.#stop(`node ${at} ends at ${seen.lastPos}:${seen.lastOffset}, but ${lastPos}:${lastOffset} is right`);
      }
      for (let page = 0; page < 32 * seen.bits.length; page++) {
        const bit = (((seen.bits[page >> 5] ?? 0) >>> (page & 31)) & 1) === 1;
        const frame = pfn(seen.start + page);
        if (bit !== (frame >= seen.end || isPageTaken(state, frame)))
          this.#stop(`page ${frame} has the bit ${String(bit)}`);
      }
    }
    const difference = this.#comparison.compare(this.#placed, this.#zone.observe());
    if (difference !== undefined)
      this.#stop(`${difference.clause} refuted at ${difference.place}: ${difference.facts.join(', but ')}`);
  }

  /** Reserves what is left of the maps, retires every node, and lets the zone work. */
  finish(requests: readonly number[]): void {
    for (const [node, { map }] of this.#start.nodes.entries()) {
      this.ask({ kind: 'reserve', node, address: addressOf(map, this.#pageSize), size: this.#pageSize });
      this.ask({ kind: 'retire', node });
      this.ask({ kind: 'retire', node });
    }
    const live: { head: Pfn; order: ReturnType<typeof order> }[] = [];
    for (const n of requests) {
      const of = order(n % this.#start.orders);
      const oldest = n % 3 === 0 ? live.shift() : undefined;
      const command =
        oldest === undefined ? ({ kind: 'allocate', order: of } as const) : ({ kind: 'free', ...oldest } as const);
      const { next, outcome } = placement(this.#placed, command);
      const answer = command.kind === 'free' ? this.#zone.free(command.head, command.order) : this.#zone.allocate(of);
      if (JSON.stringify(answer) !== JSON.stringify(outcome)) this.#stop(`after retirement: ${JSON.stringify(answer)}`);
      if (outcome.kind === 'granted') live.push({ head: outcome.head, order: of });
      this.#placed = next;
      this.#look();
    }
  }

  #stop(what: string): never {
    throw new Error(`${what}\n${JSON.stringify(this.#start)}: ${this.#script.join(' ')}`);
  }
}

/** A zone from the first node's first page to the last one's last. */
function shapeOf({ kernel, nodes, orders }: BootStart): ZoneShape {
  const base = Math.min(...nodes.map(({ start }) => start));
  const end = Math.max(...nodes.map((node) => node.end));
  return { kernel, base: pfn(base), pages: end - base, orders, holes: [] };
}
