/** Replays of how 2.4.22's zone allocator was recorded to answer requests. */

import { expect, test } from 'vitest';
import { gfpRecordings, machineOfRecording, stepOf } from './recording.ts';
import { mutating } from '../../arbitrary/campaign.ts';
import { createMachine } from '../../../src/index.ts';
import { freePages, zoneState } from '../../../spec/machine/zone.ts';
import { listOf } from '../played.ts';
import { gfp, nodeId } from '../../../spec/unit.ts';
import { placeMachine, startMachine } from '../../../spec/index.ts';
import { zonelistOf } from '../../../spec/machine/zonelist.ts';
import type { Block, PageCommand, PageOutcome, Round } from '../../../protocol/index.ts';
import type { GfpRecording, GfpStep, RecordedZone } from './recording.ts';

/** What a step came to: the answer, the zone of the block, whether kswapd was woken, and how many reclaims there were. */
interface Done {
  readonly outcome: PageOutcome;
  readonly woken: boolean;
  readonly reclaims: number;
}

/** One side of a replay: the machine, or its specification. */
interface Side {
  carryOut(step: GfpStep): Done;
  zones(): readonly RecordedZone[];
  lists(): readonly (readonly (readonly number[])[])[];
  zonelists(): readonly string[];
  marks(): readonly (readonly [string, number, number, number])[];
}

const freedIn = ({ plan }: GfpStep, reclaim: number): readonly Block[] =>
  plan.filter((one) => one.reclaim === reclaim).map(({ block }) => block);

function machineSide(recording: GfpRecording): Side {
  let woken = false;
  let reclaims = 0;
  let now: GfpStep | undefined;
  const created = createMachine(machineOfRecording(recording), {
    wakeKswapd: () => {
      woken = true;
    },
    tryToFreePagesZone: (_zone, _gfp, free) => {
      reclaims++;
      const blocks = now === undefined ? [] : freedIn(now, reclaims);
      for (const { head, order } of blocks) free(head, order);
      return blocks.length > 0;
    },
  });
  if (created.kind === 'rejected') throw new Error(created.why);
  const { memory } = created;
  memory.handOverAll();
  const seen = memory.observe();
  const answer = (command: PageCommand): PageOutcome => {
    if (command.kind === 'free-pages') return memory.freePages(command.head, command.order);
    if (command.kind !== 'allocate-pages') throw new Error('no such command is recorded');
    return memory.allocPages(command.gfp, command.order, command.node, command.task);
  };
  return {
    carryOut: (step) => {
      [woken, reclaims, now] = [false, 0, step];
      return { outcome: answer(step.command), woken, reclaims };
    },
    zones: () => seen.zones.map(({ buddy, name, needBalance }) => [name, buddy.freeCount, needBalance ? 1 : 0]),
    lists: () => seen.zones.map(({ buddy }) => Array.from({ length: recording.orders }, (_, at) => listOf(buddy, at))),
    zonelists: () =>
      (seen.zonelists[0] ?? []).map((places, mask) =>
        `  ${mask}: ${places.map((place) => seen.zones[place]?.name).join(' ')}`.trimEnd(),
      ),
    marks: () => seen.zones.map(({ watermarks, name }) => [name, watermarks.min, watermarks.low, watermarks.high]),
  };
}

function specificationSide(recording: GfpRecording): Side {
  const machine = machineOfRecording(recording);
  let state = startMachine(machine);
  return {
    carryOut: (step) => {
      const rounds: Round[] = [1, 2, 3]
        .map((reclaim) => freedIn(step, reclaim))
        .filter((freed) => freed.length > 0)
        .map((freed) => ({ freed, success: true }));
      const { next, outcome, used, woken } = placeMachine(state, step.command, rounds);
      state = next;
      return { outcome, woken, reclaims: used };
    },
    zones: () => state.zones.map((zone) => [zone.name, freePages(zone), zone.needBalance ? 1 : 0]),
    lists: () => state.zones.map(({ placed }) => placed.lists),
    zonelists: () =>
      Array.from({ length: 16 }, (_, mask) => {
        const names = zonelistOf(state.zones, nodeId(0), gfp(mask)).map((place) => state.zones[place]?.name);
        return `  ${mask}: ${names.join(' ')}`.trimEnd();
      }),
    marks: () =>
      (machine.nodes[0]?.zones ?? []).map((span) => {
        const { watermarks } = zoneState(machine, nodeId(0), span, false);
        return [span.name, watermarks.min, watermarks.low, watermarks.high];
      }),
  };
}

/** What a step came to in the words of the recording. */
function recorded({ zones }: GfpRecording, { outcome, reclaims, woken }: Done): string {
  if (outcome.kind === 'done') return 'ok';
  if (outcome.kind === 'stalled') return 'LIVELOCK';
  if (outcome.kind === 'rejected') return outcome.misuse;
  const rest = `kswapd=${woken ? 1 : 0} reclaims=${reclaims}`;
  if (outcome.kind === 'exhausted') return `-1 - ${rest}`;
  const [dma, normal] = zones;
  const zone = outcome.head < dma ? 'DMA' : outcome.head < dma + normal ? 'Normal' : 'HighMem';
  return `${outcome.head} ${zone} ${rest}`;
}

/** Under Stryker each tenth case is enough. */
const NTH = mutating ? 10 : 1;

/** Replays every recorded step; counts them, and how often the kernel looped for ever. */
function replay(sideOf: (recording: GfpRecording) => Side): readonly [cases: number, steps: number, livelocks: number] {
  let [steps, livelocks] = [0, 0];
  const cases = gfpRecordings(NTH);
  for (const [number, recording] of cases.entries()) {
    const side = sideOf(recording);
    expect(side.zonelists(), `case ${number}`).toEqual(recording.zonelists);
    expect(side.marks(), `case ${number}`).toEqual(
      recording.start.map(({ name, min, low, high }) => [name, min, low, high]),
    );
    for (const step of recording.steps.map(stepOf)) {
      const place = `case ${number}, step ${steps}: ${step.text}`;
      const given = recorded(recording, side.carryOut(step));
      if (given !== step.answer) expect(given, place).toBe(step.answer);
      const zones = side.zones();
      if (zones.join(' ') !== step.zones.join(' ')) expect(zones, place).toEqual(step.zones);
      if (given === 'LIVELOCK') livelocks++;
      steps++;
    }
    expect(side.lists(), `case ${number}`).toEqual(recording.end.map(({ lists }) => lists));
  }
  return [cases.length, steps, livelocks];
}

const EXPECTED = mutating ? [12, expect.any(Number), expect.any(Number)] : [120, 11_880, 353];

test('PASS-1, PASS-2, PASS-3, PASS-4, PASS-5, PASS-6, WATER-1, WATER-2, WATER-3, WATER-4, ZONE-3, RECLAIM-1 · a machine does in every recorded step what the kernel did', () => {
  expect(replay(machineSide)).toEqual(EXPECTED);
});

test('PASS-1, PASS-2, PASS-3, PASS-4, PASS-5, PASS-6, WATER-1, WATER-2, WATER-3, WATER-4, ZONE-3, RECLAIM-2 · so does its specification', () => {
  expect(replay(specificationSide)).toEqual(EXPECTED);
});
