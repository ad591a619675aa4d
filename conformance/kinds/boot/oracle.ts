/** One case of boot memory as the specification sees it: says of each answer whether it was right. */
import { show } from '../../show.ts';
import { afterBoot, bootMisuse, bootmem, placeBoot, startBoot } from '../../../spec/index.ts';
import { compareBoot, compareNodes } from './compare.ts';
import { shootBoot } from './film.ts';
import { snapshotBoot, lastPageIsTaken, refuteHandOver } from '../../../invariants/index.ts';
import type { Boot } from '../../../spec/index.ts';
import type { CarriedOut } from './compare.ts';
import type { BootCommand, BootNode, BootObservation, Claims, Counterexample, Pfn } from '../../../protocol/index.ts';
import type { Camera } from '../../judge/film/camera.ts';
import type { BootCoverage } from './sights.ts';
import type { BootResult } from './wire.ts';
import type { BootShown } from './port.ts';

type Found = Counterexample | undefined;

/** A page of a node waits until it is handed over: no zone has seen it before. */
const waits = (): boolean => true;

/** What the specification knows of boot memory that is being judged. */
export class BootOracle {
  readonly #claims: Claims;
  readonly #coverage: BootCoverage;
  #boot: Boot;
  #before: BootObservation | undefined;

  readonly #camera: Camera | undefined;

  constructor(nodes: readonly BootNode[], claims: Claims, coverage: BootCoverage, camera?: Camera) {
    this.#camera = camera;
    this.#boot = startBoot(nodes);
    this.#claims = claims;
    this.#coverage = coverage;
  }

  get state(): Boot {
    return this.#boot;
  }

  /** Returns how many pages a node's map takes; 0 if there is no such node. */
  mapPages(node: number): number {
    const state = this.#boot[node];
    return state === undefined ? 0 : bootmem.mapPagesOf(state.node);
  }

  /** Keeps what is shown before a command. */
  look(shown: BootShown | undefined): void {
    this.#before = shown === undefined ? undefined : snapshotBoot(shown.memory);
  }

  /** Judges what came back for a command, and what it changed as far as that is shown; undefined if it was permitted. */
  absorb(command: BootCommand, result: BootResult, shown: BootShown | undefined): Found {
    const before = this.#boot;
    const found = this.#absorb(command, result, shown);
    if (this.#camera !== undefined) {
      shootBoot(this.#camera, { before, after: this.#boot, claims: this.#claims, command, result });
    }
    return found;
  }

  #absorb(command: BootCommand, result: BootResult, shown: BootShown | undefined): Found {
    if (result.kind === 'nonsense') return nonsense(command, result.token);
    const { outcome } = result;
    const boot = this.#boot;
    this.#coverage.operations++;
    this.#coverage.counts[outcome.kind]++;
    if (outcome.kind === 'exhausted') this.#coverage.refusals++;
    const right = placeBoot(boot, command, waits);
    const seen =
      this.#before === undefined || shown === undefined ? {} : { seen: { before: this.#before, after: shown.memory } };
    const found = refuteAnswer(this.#claims, { boot, command, right, ...seen }, result);
    if (found !== undefined) return found;
    this.#boot = afterBoot(boot, command, outcome);
    return shown === undefined ? undefined : this.#compareShown(command, shown, outcome.kind === 'retired');
  }

  /** Compares all that is shown with what the specification says it holds, and tries the invariants on it. */
  #compareShown(command: BootCommand, { memory, zones }: BootShown, isRetired: boolean): Found {
    const { counts } = this.#coverage;
    counts['boot memory compared']++;
    counts['invariants held']++;
    const found = compareNodes(this.#boot, memory) ?? lastPageIsTaken.refute(memory);
    if (found !== undefined || !isRetired) return found;
    const nodes = memory.nodes.filter((_, node) => node === command.node);
    const own = zones.filter((_, node) => node === command.node);
    counts['zone compared'] += own.length;
    return refuteHandOver({ nodes, zones: own })[0];
  }
}

/** The frames that a retirement hands over: each once, the free ones ascending and then the map's. @clause RETIRE-1 @clause RETIRE-2 */
function refuteFrames(boot: Boot, command: BootCommand, frames: readonly Pfn[], placed: boolean): Found {
  const state = command.kind === 'retire' ? boot[command.node] : undefined;
  if (state === undefined) return undefined;
  const { free, map } = bootmem.handedOver(state);
  const right = [...free, ...map];
  const must = new Set(right);
  const times = new Map<Pfn, number>();
  for (const frame of frames) times.set(frame, (times.get(frame) ?? 0) + 1);
  const wrong =
    frames.find((frame) => !must.has(frame) || times.get(frame) !== 1) ?? right.find((frame) => !times.has(frame));
  const place = `retirement of node ${command.node}`;
  if (wrong !== undefined) {
    const handed = `page ${wrong} is handed over ${times.get(wrong) ?? 0} times`;
    return { clause: 'RETIRE-1', place, facts: [handed, `${must.has(wrong) ? 'once' : 'never'} is right`] };
  }
  const at = right.findIndex((frame, n) => frame !== frames[n]);
  if (!placed || at === -1) return undefined;
  const facts = [
    `page ${frames[at] ?? 0} is handed over as number ${at}`,
    `Linux 2.4 hands over page ${right[at] ?? 0}`,
  ] as const;
  return { clause: 'RETIRE-2', place, facts };
}

function nonsense(command: BootCommand, token: string): Counterexample {
  const facts = [`it was answered "${show(token)}"`, 'that is no answer to it'] as const;
  return { clause: 'USE-3', place: `${command.kind} on node ${command.node}`, facts };
}

/** A command in a state, and what Linux answers to it there. */
export type BootMoment = Pick<CarriedOut, 'boot' | 'command' | 'right' | 'seen'>;

/** Returns why an answer is wrong, and what it changed as far as that is seen; undefined if it is permitted. */
export function refuteAnswer(claims: Claims, moment: BootMoment, result: BootResult): Found {
  const { boot, command } = moment;
  if (result.kind === 'nonsense') return nonsense(command, result.token);
  const { frames, outcome } = result;
  const placed = claims.has('placement:linux-2.4');
  const wrong = outcome.kind === 'retired' ? refuteFrames(boot, command, frames, placed) : undefined;
  if (wrong !== undefined) return wrong;
  const isLegal = bootMisuse(boot, command, waits) === undefined;
  const refused = outcome.kind === 'exhausted' && command.kind === 'allocate';
  if (refused && isLegal && !claims.has('complete')) return undefined;
  return compareBoot({ ...moment, outcome, waits }, placed);
}
