/** The zones that boot memory is retired into. */
import { Image, regionOf } from '../buddy/image.ts';
import { allocatorIn } from '../buddy/make.ts';
import { pfn } from '../../unit.ts';
import { bootPlaced, placement } from '../../../spec/index.ts';
import type { Arena, BootNode, Kernel, Observation, Pfn } from '../../../protocol/index.ts';
import type { Door } from '../../../src/index.ts';

const ORDERS = 4;

const arenaOf = (kernel: Kernel, first: number, end: number, hole?: number): Arena => ({
  base: pfn(first),
  pages: end - first,
  orders: ORDERS,
  holes: hole === undefined ? [] : [[pfn(hole), 1]],
  alignment: kernel === '2.4' ? 'base' : 'absolute',
});

/** A zone that a node may be retired into: it notes what is handed over, and can be made new. */
class NotingZone {
  readonly door: Door;
  readonly words: Int32Array;
  readonly #kernel: Kernel;
  readonly #arena: Arena;
  readonly #start: Int32Array;
  readonly #expected: Image;

  constructor(kernel: Kernel, arena: Arena, frames: Pfn[]) {
    const region = regionOf(kernel, arena);
    const allocator = allocatorIn(kernel, arena, region);
    this.door = {
      handOver: (frame) => {
        frames.push(frame);
        return allocator.handOver(frame);
      },
      observe: () => allocator.observe(),
    };
    this.words = new Image(kernel, arena, region).words;
    this.#start = this.words.slice();
    this.#expected = new Image(kernel, arena);
    this.#kernel = kernel;
    this.#arena = arena;
  }

  renew(): void {
    this.words.set(this.#start);
  }

  has(page: number): boolean {
    const { base, holes, pages } = this.#arena;
    const isHole = holes.some(([first, count]) => page >= first && page < first + count);
    return page >= base && page < base + pages && !isHole;
  }

  /** The words of the zone once it was handed those of these pages that are its own, in their order. */
  after(pages: readonly Pfn[]): Int32Array {
    let placed = bootPlaced(this.#kernel, this.#arena);
    for (const frame of pages) if (this.has(frame)) placed = placement(placed, { kind: 'hand-over', frame }).next;
    this.#expected.draw(placed.state, placed.lists);
    return this.#expected.words.slice();
  }
}

/** Zones that a node may be retired into together. */
export class BootZones {
  readonly name: string;
  readonly doors: readonly Door[];
  /** What was handed over, in its order. */
  readonly frames: Pfn[] = [];
  readonly #zones: readonly NotingZone[];
  /** By what was handed over: the words of each zone. */
  readonly #right = new Map<string, readonly Int32Array[]>();

  constructor(name: string, zones: readonly (readonly [Kernel, Arena])[]) {
    this.name = name;
    this.#zones = zones.map(([kernel, arena]) => new NotingZone(kernel, arena, this.frames));
    this.doors = this.#zones.map(({ door }) => door);
  }

  readonly waits = (page: Pfn): boolean => this.#zones.some((zone) => zone.has(page));

  renew(): void {
    this.frames.length = 0;
    for (const zone of this.#zones) zone.renew();
  }

  observe(): readonly Observation[] {
    return this.doors.map((door) => door.observe());
  }

  /** What is wrong with what was handed over, and with any word of a zone afterwards. @clause RETIRE-1 @clause RETIRE-2 */
  refute(pages: readonly Pfn[]): readonly [string, string] | undefined {
    const [seen, key] = [this.frames.join(' '), pages.join(' ')];
    if (seen !== key) return [`pages ${seen} were handed over`, `it must be ${key}`];
    const right = this.#right.get(key) ?? this.#zones.map((zone) => zone.after(pages));
    this.#right.set(key, right);
    for (const [at, { words }] of this.#zones.entries()) {
      const word = words.findIndex((is, n) => is !== right[at]?.[n]);
      if (word === -1) continue;
      return [`word ${word} of zone ${at} is ${words[word] ?? 0}`, `it must be ${right[at]?.[word] ?? 0}`];
    }
    return undefined;
  }
}

/** One zone of either kernel, one of each side by side, and zones that do not wait for all: none, one too short, one with a hole. */
export function zonesFor({ start, end }: BootNode): readonly BootZones[] {
  const middle = (start + end) >> 1;
  const whole = (kernel: Kernel, hole?: number): readonly [Kernel, Arena] => [
    kernel,
    arenaOf(kernel, start, end, hole),
  ];
  const one = [
    new BootZones('a zone of 2.4', [whole('2.4')]),
    new BootZones('a zone of 2.6', [whole('2.6')]),
    new BootZones('no zone', []),
    new BootZones('a zone with a hole', [whole('2.4', middle)]),
  ];
  if (end - start === 1) return one.slice(0, 3);
  return [
    ...one,
    new BootZones('two zones', [
      ['2.4', arenaOf('2.4', start, middle)],
      ['2.6', arenaOf('2.6', middle, end)],
    ]),
    new BootZones('a zone that is too short', [['2.6', arenaOf('2.6', start, end - 1)]]),
  ];
}
