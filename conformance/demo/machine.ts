import {
  GFP_ATOMIC,
  GFP_HIGHUSER,
  GFP_KERNEL,
  LruReclaimer,
  buddyinfo,
  byteAddress,
  nodeId,
  order,
  pfn,
  startKernel,
  withZone,
} from '../../src/index.ts';
import { drawZones } from './draw-zones.ts';
import type { ByteAddress, Firmware, Gfp, MachineObservation, Order, PageOutcome, Pfn } from '../../protocol/index.ts';
import type { PhysicalMemory, Running } from '../../src/index.ts';

const PAGE = 4096;
const bytes = (pages: number): ByteAddress => byteAddress(PAGE * pages);

/** A PC in small: one page here for every 1,024 there, but for the marks, which are those of any small zone. */
const FIRMWARE: Firmware = {
  usable: [{ address: bytes(0), size: bytes(1056) }],
  nodes: [
    { start: pfn(0), end: pfn(800) },
    { start: pfn(800), end: pfn(1056) },
  ],
  dmaLimit: bytes(144),
  lowLimit: bytes(512),
};
/** The kernel's own code and data. */
const IMAGE = { address: bytes(1), size: bytes(2) };

/** A machine of two nodes at work, its page cache, and what is told of it. */
class MachineStory {
  readonly #running: Running<LruReclaimer>;
  readonly #lru: LruReclaimer;
  readonly #memory: PhysicalMemory;
  readonly #seen: MachineObservation;
  readonly lines: string[] = [];

  constructor() {
    const running = startKernel(FIRMWARE, (machine) => new LruReclaimer(machine), { image: IMAGE });
    if (running.kind === 'rejected') throw new Error(running.why);
    this.#running = running;
    this.#lru = running.reclaimer;
    this.#memory = running.memory;
    this.#seen = running.memory.observe();
  }

  say(...lines: readonly string[]): void {
    this.lines.push(...lines);
  }

  draw(): void {
    this.say(drawZones(this.#seen), '');
  }

  /** How many pages were handed over, low and high. */
  get handedOver(): Pick<Running, 'low' | 'high'> {
    return this.#running;
  }

  get isKswapdAwake(): boolean {
    return this.#lru.kswapdAwake;
  }

  get text(): string {
    return buddyinfo(this.#seen);
  }

  zoneOf(frame: Pfn): string {
    const zone = this.#seen.zones.find(
      ({ buddy: { arena } }) => frame >= arena.base && frame < arena.base + arena.pages,
    );
    return zone === undefined ? 'nowhere' : `node ${zone.node} ${zone.name}`;
  }

  ask(gfp: Gfp, of: Order = order(0)): PageOutcome {
    return this.#memory.allocPages(gfp, of, nodeId(0));
  }

  /** Asks for pages until the answer, or the zone that it comes from, is another than before; how many were granted. */
  until(gfp: Gfp, cached: boolean, stop: (zone: string, outcome: PageOutcome) => boolean): number {
    for (let n = 0; n < 10_000; n++) {
      const outcome = this.ask(gfp);
      const zone = outcome.kind === 'granted' ? this.zoneOf(outcome.head) : outcome.kind;
      if (outcome.kind === 'granted' && cached) {
        this.#lru.addToPageCache(outcome.head);
        this.#memory.putPage(outcome.head);
      }
      if (stop(zone, outcome)) return n;
    }
    throw new Error('nothing ever happens');
  }

  /** kswapd's turns until nothing asks any more; how many. */
  kswapd(): number {
    let turns = 1;
    while (this.#memory.balance() && turns < 1000) turns++;
    this.#lru.sleep();
    return turns;
  }

  get cached(): number {
    return this.#lru.lists.active + this.#lru.lists.inactive;
  }
}

function tellFill(story: MachineStory): void {
  const { high, low } = story.handedOver;
  story.say(
    `Boot: boot memory keeps the kernel and the zones' own state, and hands over ${low} pages; ${high} of high memory follow.`,
  );
  story.say('m, l and h are pages_min, pages_low and pages_high.', '');
  story.draw();
  for (const zone of ['node 0 HighMem', 'node 0 Normal']) {
    const count = story.until(GFP_HIGHUSER, true, (from) => from !== zone);
    story.say(
      `${count} pages of a file are read with GFP_HIGHUSER, all from ${zone}; then it stays above pages_low no more:`,
    );
    story.say('the next zone of the list is asked, whose mark comes on top of that.', '');
    story.draw();
  }
  story.until(GFP_HIGHUSER, true, () => story.isKswapdAwake);
  story.say(
    'DMA gives what it has above all three marks. Then no zone is above pages_low: HighMem, the class zone, asks to be',
  );
  story.say('balanced (!), kswapd is woken, and until it runs the marks are those of pages_min.', '');
  story.draw();
}

function tellKswapd(story: MachineStory): void {
  const before = story.cached;
  const turns = story.kswapd();
  story.say(
    `kswapd has ${turns} turn${turns === 1 ? '' : 's'}, frees ${before - story.cached} of ${before} pages of the page cache, and sleeps.`,
    '',
  );
  story.draw();
}

function tellDirect(story: MachineStory): void {
  story.until(GFP_KERNEL, false, () => story.isKswapdAwake);
  story.say('The kernel takes pages with GFP_KERNEL and keeps them. Nobody lets kswapd run.', '');
  const before = story.cached;
  const count = story.until(GFP_KERNEL, false, () => story.cached < before);
  story.say(
    `After ${count} pages more no zone is above pages_min: the caller reclaims by itself. ${before - story.cached} pages of the`,
  );
  story.say('page cache are freed, and the first of them that suits is granted at once.', '');
  story.draw();
}

function tellEnd(story: MachineStory): void {
  story.until(GFP_KERNEL, false, (_, { kind }) => kind === 'stalled');
  story.say(
    `Until nothing of the class is left in the page cache: the kernel would now try for ever, and here the answer is`,
  );
  story.say('`stalled`. Node 1 has memory, but a request that may wait never comes to it.', '');
  story.draw();
  const from = story.ask(GFP_ATOMIC);
  story.say(
    `An interrupt may not wait, and is content with a quarter of each pages_min: GFP_ATOMIC is granted from ${told(story, from)}.`,
  );
  const count = story.until(withZone(GFP_ATOMIC, 'HIGHMEM'), false, (zone) => zone.startsWith('node 1'));
  story.say(
    `With HIGHMEM it goes to all three zones of node 0: after ${count} pages more they have nothing for it either, and the`,
  );
  story.say('block comes from another node.', '');
  story.draw();
  story.say('/proc/buddyinfo of this machine:', '', story.text);
}

const told = (story: MachineStory, outcome: PageOutcome): string =>
  outcome.kind === 'granted' ? story.zoneOf(outcome.head) : outcome.kind;

/** A machine of two nodes from boot until another node has to help, drawn from the real code. */
export function demoMachine(): string {
  const story = new MachineStory();
  tellFill(story);
  tellKswapd(story);
  tellDirect(story);
  tellEnd(story);
  return story.lines.join('\n').trimEnd();
}
