/** Machines, with zones, watermarks, reclaim and nodes, as a kind that the judge can judge. */
import { MACHINE_SIGHTS } from './sights.ts';
import { connectMachine } from './port.ts';
import { counted } from '../../show.ts';
import { driveMachine } from './drive.ts';
import { machineSource } from './source.ts';
import { parseMachineCase, saveMachine } from './saved.ts';
import { scriptWords } from './operation.ts';
import { simplerMachine, without } from './simpler.ts';
import type { Claims, Clause, ZoneSpan } from '../../../protocol/index.ts';
import type { Coverage } from '../../judge/coverage.ts';
import type { Hello } from '../../judge/subject.ts';
import type { Kind } from '../../judge/kind.ts';
import type { MachineCase } from './operation.ts';
import type { MachineCoverage } from './sights.ts';
import type { MachinePort } from './port.ts';

function zoneText({ base, holes, name, pages }: ZoneSpan): string {
  const missing = holes.map(([first, count]) => `${first}+${count}`).join(' ');
  return `${name} ${base} to ${base + pages - 1}${missing === '' ? '' : ` without ${missing}`}`;
}

/** Describes a case: a line for each node, one for what they share, one for the script. */
function describe({ machine, script }: MachineCase): readonly string[] {
  const { balance, nodes, orders, policy } = machine;
  const marks = (['DMA', 'Normal', 'HighMem'] as const)
    .filter((name) => nodes.some(({ zones }) => zones.some((zone) => zone.name === name)))
    .map((name) => `${name} 1/${balance[name].ratio}, ${balance[name].least} to ${balance[name].most}`);
  return [
    ...nodes.map(({ zones }, node) => `node ${node}: ${zones.map(zoneText).join('; ')}`),
    `orders 0 to ${orders - 1}, ${policy}; pages_min: ${marks.join('; ')}`,
    `${scriptWords(script).join(' ')}   (${counted(script.length, 'operation')})`,
  ];
}

/** Of a machine behind a pipe nothing is seen but its answers, and how many frames of its zones are free if it shows that. */
function notObservable({ features }: Hello, claims: Claims, { counts }: Coverage): readonly Clause[] {
  if ((counts['machine compared'] ?? 0) > 0) return [];
  return [
    ...(features.has('observe:zones') ? [] : (['COUNT-1'] as const)),
    ...(['LIST-2', 'LIST-3', 'LIST-4'] as const),
    ...(claims.has('best-fit') ? (['PAIR-4', 'MAP-2'] as const) : []),
    ...(claims.has('placement:linux-2.4') ? (['PLACE-4'] as const) : []),
  ];
}

/** Page allocators with zones and nodes. */
export const MACHINE: Kind<MachinePort, MachineCase> = {
  name: 'machine',
  title: 'machine',
  feature: 'machine',
  sights: MACHINE_SIGHTS,
  claims: ['complete', 'best-fit', 'placement:linux-2.4'],
  notObservable,
  connect: connectMachine,
  source: machineSource,
  run: (port, of, how) => driveMachine(port, of, { ...how, coverage: how.coverage as MachineCoverage }),
  length: ({ script }) => script.length,
  without,
  simpler: simplerMachine,
  elsewhere: () => [],
  primer: () => undefined,
  save: saveMachine,
  parse: parseMachineCase,
  describe,
};
