/** Broken boot memory and broken machines as subjects of the judge: what they throw is no answer, and their loops end. */
import { BootReference } from '../../../conformance/subjects/boot-reference.ts';
import { MachineReference } from '../../../conformance/subjects/machine-reference.ts';
import { describe } from '../buddy/subject.ts';
import { referenceSubject } from '../../../conformance/subjects/reference.ts';
import type { BootPort, BootOpened } from '../../../conformance/kinds/boot/port.ts';
import type { BootResult } from '../../../conformance/kinds/boot/wire.ts';
import type { Broken } from '../load.ts';
import type { LiveSubject } from '../../../conformance/judge/subject.ts';
import type { MachineOpened, MachinePort } from '../../../conformance/kinds/machine/port.ts';
import type { MachineResult } from '../../../conformance/kinds/machine/operation.ts';

/** Whether the judge sees all that a subject holds, or its answers alone. */
export type Seen = 'inside' | 'answers';

/** Runs a part of a call with all the turns that its loops may have; `thrown` says what an error stands for. */
function fuelled<T>({ refuel }: Broken, part: () => T, thrown: (why: string) => T): T {
  refuel();
  try {
    return part();
  } catch (error) {
    return thrown(describe(error));
  }
}

const failed = (why: string): { kind: 'failed'; why: string } => ({ kind: 'failed', why });

function bootPort(broken: Broken, seen: Seen): BootPort {
  const memory = new BootReference(broken);
  const nonsense = (token: string): BootResult => ({ kind: 'nonsense', token });
  return {
    open: (nodes) => fuelled<BootOpened>(broken, () => memory.open(nodes), failed),
    run: (command) => fuelled(broken, () => memory.run(command), nonsense),
    shown: () => (seen === 'inside' ? memory.shown() : undefined),
  };
}

function machinePort(broken: Broken, seen: Seen): MachinePort {
  const memory = new MachineReference(broken.createMachine);
  const nonsense = (token: string): MachineResult => ({
    outcome: { kind: 'nonsense', token },
    reclaims: 0,
    woken: false,
  });
  return {
    open: (machine) => fuelled<MachineOpened>(broken, () => memory.open(machine), failed),
    run: (words) => fuelled(broken, () => memory.run(words), nonsense),
    observe: () => undefined,
    shown: () => (seen === 'inside' ? memory.shown() : undefined),
  };
}

/** Returns broken boot memory and machines of 2.4 as a subject. */
export const broken24 = (broken: Broken, seen: Seen): LiveSubject => ({
  kind: 'live',
  hello: referenceSubject('2.4').hello,
  ports: { boot: bootPort(broken, seen), machine: machinePort(broken, seen) },
});
