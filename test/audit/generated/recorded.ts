/** Counts what is compared in how many recorded steps, for test/trace/recordings/README.md. */
import { ROOT } from '../tree.ts';
import { bootRecordings } from '../../trace/boot/recording.ts';
import { gfpRecordings } from '../../trace/machine/recording.ts';
import { readFileSync } from 'node:fs';
import { recordings } from '../../trace/buddy/recording.ts';
import type { Kernel } from '../../../protocol/index.ts';

const sum = <T>(all: readonly T[], count: (one: T) => number): number => all.reduce((n, one) => n + count(one), 0);
const grouped = (n: number): string => n.toLocaleString('en-US');

/** Events of boot memory that are departures: the replay asserts how often it meets each, and this adds them up. */
export function bootDepartures(): number {
  const text = readFileSync(`${ROOT}test/trace/boot/kernel.test.ts`, 'utf8');
  const [, body] = /const DEPARTURES = \{([^}]*)\}/u.exec(text) ?? [];
  if (body === undefined) throw new Error('the replay of boot memory has no DEPARTURES');
  return sum([...body.matchAll(/: (\d+)/gu)], ([, count]) => Number(count));
}

function buddyRow(kernel: Kernel, file: string): string {
  const all = recordings(kernel);
  const steps = sum(all, ({ steps: each }) => each.length);
  const states = sum(all, ({ steps: each }) => each.filter(([, , state]) => state !== undefined).length);
  const bits = kernel === '2.4' ? 'count, lists, map bits' : 'count, lists';
  return `| \`${file}\` | ${grouped(steps)} | ${grouped(states)}: ${bits} | each case's first state |`;
}

function bootRow(): string {
  const all = bootRecordings();
  const steps = sum(all, ({ steps: each }) => each.length);
  const states = sum(all, ({ steps: each }) => each.filter(({ state }) => state !== undefined).length);
  const retired = all.filter(({ retirement }) => retirement !== undefined).length;
  const rest = `${retired} retirements; ${bootDepartures()} events are departures, in which the kernel's answer is not ours`;
  return `| \`boot-2.4.22\` | ${grouped(steps)} | ${grouped(states)}: page bits, last page and offset | ${rest} |`;
}

function gfpRow(): string {
  const all = gfpRecordings();
  const steps = sum(all, ({ steps: each }) => each.length);
  return `| \`gfp-2.4.22\` | ${grouped(steps)} | none: after each step, each zone's count and whether it asks to be balanced | lists at the end of each of ${all.length} cases, no map bits |`;
}

/** Returns the table of what is compared. */
export const comparedPart = (): string =>
  [
    '| file | steps whose answer is compared | steps after which a full state is compared | besides |',
    '| --- | --- | --- | --- |',
    buddyRow('2.4', 'buddy-2.4.22'),
    buddyRow('2.6', 'buddy-2.6.24'),
    bootRow(),
    gfpRow(),
  ].join('\n');
