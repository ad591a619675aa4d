/** Every state of a node of boot memory, and every request in each. */
import { afterwards, retire } from './ground.ts';
import { askBoot } from '../../../src/boot/ask.ts';
import { bootmem, placeBoot, refuteBoot, startBoot } from '../../../spec/index.ts';
import { bootmemBytes, createBootmem } from '../../../src/index.ts';
import { snapshotBoot, lastPageIsTaken, refuteBootStep, refuteHandOver, tell } from '../../../invariants/index.ts';
import { pfn } from '../../unit.ts';
import { refute } from '../buddy/difference.ts';
import { zonesFor } from './zones.ts';
import type { Boot, BootPermitted, Bootmem as Said, Waits } from '../../../spec/index.ts';
import type { BootCommand, BootNode, BootObservation, BootOutcome, Counterexample } from '../../../protocol/index.ts';
import type { BootGround } from './ground.ts';
import type { Bootmem, BootmemCreated, Door, Region, Zero } from '../../../src/index.ts';
import type { BootZones } from './zones.ts';

const { PAGE } = bootmem;

/** Makes boot memory in a region: that of `src`, or a broken copy of it. */
export type CreateBoot = (nodes: readonly BootNode[], region: Region, zero?: Zero) => BootmemCreated;

/** What was seen of one node: states gone on from, commands by what was answered, and retirements. */
export interface BootTally {
  readonly states: number;
  /** How many of these differ in a word of the region. */
  readonly images: number;
  readonly steps: Readonly<Record<BootOutcome['kind'], number>>;
  /** Steps that led to a state that is not gone on from: its last grant ends elsewhere in a page. */
  readonly beyond: number;
}

/** Words of a node of at most 32 pages, in their order. */
const WORDS = ['lastPos', 'lastOffset', 'retired', 'bits'] as const;

/** What a region holds before anything is made in it. */
const UNMADE = 0x2545_1935;

/** Puts into words what a node in a state of the specification holds; bits behind the last page are 1. @clause BOOT-1 @clause FIT-2 */
function draw(words: Int32Array, state: Said): void {
  const { end, start } = state.node;
  const { lastOffset, lastPos } = bootmem.lastOf(state);
  let bits = -1;
  for (let page: number = start; page < end; page++) {
    if (!bootmem.isPageTaken(state, pfn(page))) bits &= ~(1 << (page - start));
  }
  words.set([lastPos, lastOffset, state.retired ? 1 : 0, bits]);
}

/**
 * A state with the words of this one of which no more is known: a page that is taken is wholly taken, but the last one up to
 * where its rest begins.
 */
function worn(state: Said): Said {
  const rest = bootmem.restOf(state);
  const taken = bootmem.pagesIn(bootmem.bytesOf(state.node), PAGE).filter((page) => bootmem.isPageTaken(state, page));
  return {
    ...state,
    taken: taken.map((page) => {
      const from = bootmem.addressOf(page);
      const isLast = rest !== undefined && bootmem.pageAround(rest[0]) === page;
      return [from, isLast ? rest[0] : from + PAGE];
    }),
  };
}

/** Bytes that are taken, however they came to be, and where the last grant ended. */
function bytesKey({ end, taken }: Said): string {
  const edges: number[] = [];
  for (const [from, to] of taken) {
    if (edges.at(-1) === from && from !== end) edges.pop();
    else edges.push(from);
    edges.push(to);
  }
  return `${edges.join(' ')}|${end}`;
}

const told = (outcome: BootOutcome): string => Object.values(outcome).join(' ');

/** What is asked in a step besides its command. */
interface Around {
  readonly doors: readonly Door[];
  readonly waits: Waits;
}

const ALONE: Around = { doors: [], waits: () => false };

/** Puts the boot memory of `src` into every state of a node by writing its region, and gives it everything in each. */
class BootExplorer {
  readonly #ground: BootGround;
  readonly #memory: Bootmem;
  readonly #observation: BootObservation;
  readonly #zones: readonly BootZones[];
  readonly #afterwards: readonly BootCommand[];
  readonly #words: Int32Array;
  readonly #from = new Int32Array(WORDS.length);
  readonly #right = new Int32Array(WORDS.length);
  readonly #zeroed: string[] = [];
  readonly #known = new Set<string>();
  readonly #images = new Set<string>();
  readonly #waiting: Said[] = [];
  readonly #steps = { granted: 0, exhausted: 0, done: 0, warned: 0, retired: 0, rejected: 0 };
  #beyond = 0;

  constructor(ground: BootGround, create: CreateBoot) {
    const nodes = [ground.node];
    const region = { buffer: new ArrayBuffer(bootmemBytes(nodes)), byteOffset: 0 };
    this.#words = new Int32Array(region.buffer);
    if (this.#words.length !== WORDS.length) throw new Error('a node of more than 32 pages');
    this.#words.fill(UNMADE);
    const created = create(nodes, region, (address, count) => this.#zeroed.push(`${address} ${count}`));
    if (created.kind === 'rejected') throw new Error(`${created.clause}: ${created.why}`);
    this.#ground = ground;
    this.#memory = created.bootmem;
    this.#observation = created.bootmem.observe();
    this.#zones = zonesFor(ground.node);
    this.#afterwards = afterwards(ground.node);
  }

  explore(): BootTally {
    for (const state of startBoot([this.#ground.node])) {
      draw(this.#from, state);
      this.#compare(state, 'making the node', state);
      this.#add(state);
    }
    for (let from = this.#waiting.pop(); from !== undefined; from = this.#waiting.pop()) this.#leave(from);
    return { states: this.#known.size, images: this.#images.size, steps: this.#steps, beyond: this.#beyond };
  }

  #add(state: Said): void {
    if (!this.#ground.offsets.includes(bootmem.lastOf(state).lastOffset)) {
      this.#beyond++;
      return;
    }
    const byWords = this.#ground.by === 'words';
    const image = this.#right.join(' ');
    const key = byWords ? image : bytesKey(state);
    if (this.#known.has(key)) return;
    this.#known.add(key);
    this.#images.add(image);
    this.#waiting.push(byWords ? worn(state) : state);
  }

  /** Gives the node everything in one state. */
  #leave(from: Said): void {
    const before = this.#enter(from);
    const found = lastPageIsTaken.refute(before);
    if (found !== undefined) this.#stop(from, 'looking', tell(found), 'every invariant holds');
    for (const command of this.#ground.commands) {
      for (const next of this.#step(from, before, command, ALONE).next) if (next !== from) this.#add(next);
    }
    for (const zones of this.#zones) this.#retire(from, zones);
  }

  /** Has the steps that follow begin in a state. */
  #enter(from: Said): BootObservation {
    draw(this.#from, from);
    this.#words.set(this.#from);
    return snapshotBoot(this.#observation);
  }

  /** One command: its outcome, every word and what was zeroed are those of `placeBoot`, it is permitted, and the invariants hold. */
  #step(from: Said, before: BootObservation, command: BootCommand, around: Around): BootPermitted {
    this.#words.set(this.#from);
    this.#zeroed.length = 0;
    const boot: Boot = [from];
    const right = placeBoot(boot, command, around.waits);
    const outcome = askBoot(this.#memory, command, around.doors);
    if (told(outcome) !== told(right.outcome)) {
      this.#stop(from, command, told(outcome), `it must be ${told(right.outcome)}`);
    }
    for (const next of right.next) this.#compare(from, command, next);
    this.#compareZeroed(from, command, outcome);
    const wrong = refuteBoot(boot, command, outcome, around.waits);
    if (wrong !== undefined) this.#stop(from, command, tell(wrong), 'it is permitted');
    const [broken] = refuteBootStep({ before, command, outcome, after: this.#observation });
    if (broken !== undefined) this.#stop(from, command, tell(broken), 'every invariant holds');
    this.#steps[outcome.kind]++;
    return right;
  }

  #compare(from: Said, command: BootCommand | string, right: Said): void {
    if (right === from) this.#right.set(this.#from);
    else draw(this.#right, right);
    for (const [n, name] of WORDS.entries()) {
      if (this.#words[n] === this.#right[n]) continue;
      this.#stop(from, command, `${name} is ${this.#words[n] ?? 0}`, `it must be ${this.#right[n] ?? 0}`);
    }
  }

  /** What is granted is zeroed once, and nothing else. @clause BOOT-13 */
  #compareZeroed(from: Said, command: BootCommand, outcome: BootOutcome): void {
    const isGrant = outcome.kind === 'granted' && command.kind === 'allocate';
    const right = isGrant ? `${outcome.address} ${command.size}` : '';
    const seen = this.#zeroed.join(', ');
    if (seen !== right) this.#stop(from, command, `zeroed: ${seen}`, `it must be ${right}`);
  }

  /** Retires the node into zones, looks at every word of them, and asks once more of what is retired. */
  #retire(from: Said, zones: BootZones): void {
    zones.renew();
    const { next, outcome } = this.#step(from, this.#enter(from), retire(), zones);
    const { free, map } = bootmem.handedOver(from);
    const wrong = zones.refute(outcome.kind === 'retired' ? [...free, ...map] : []);
    if (wrong !== undefined) this.#stop(from, `retire into ${zones.name}`, ...wrong);
    if (outcome.kind !== 'retired') return;
    const [lost] = refuteHandOver({ nodes: this.#observation.nodes, zones: zones.observe() });
    if (lost !== undefined) this.#lost(from, zones, lost);
    for (const state of next) {
      const retired = this.#enter(state);
      for (const command of this.#afterwards) this.#step(state, retired, command, zones);
    }
  }

  #lost(from: Said, zones: BootZones, found: Counterexample): never {
    return this.#stop(from, `retire into ${zones.name}`, tell(found), 'nothing is lost');
  }

  #stop({ end, node, taken }: Said, step: BootCommand | string, ...facts: readonly [string, string]): never {
    const bytes = taken.map(([from, to]) => `${from}..${to}`).join(' ');
    const name = `pages ${node.start}..${node.end} with the map at ${node.map}, taken ${bytes}, the last grant up to ${end}`;
    return refute(name, typeof step === 'string' ? step : Object.values(step).join(' '), ...facts);
  }
}

/** All states of a node, and everything asked in each; a `Refuted` at the first difference. */
export const exploreBoot = (ground: BootGround, create: CreateBoot = createBootmem): BootTally =>
  new BootExplorer(ground, create).explore();
