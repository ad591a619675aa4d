/** Objects of this process as subjects of the judge, one kind or several at a time. */
import { BootObjectPort } from './boot-object.ts';
import { BuddyObject, describe } from './buddy-object.ts';
import { MachineWords } from './machine-words.ts';
import { ThreadsObject, threadsFeature } from './concurrent.ts';
import type { BootSpec } from './boot-object.ts';
import type { BuddySpec } from './buddy-object.ts';
import type { ConcurrentSpec } from './concurrent.ts';
import type { Claim } from '../../protocol/index.ts';
import type { Feature, LiveSubject } from '../judge/subject.ts';
import type { MachinePort } from '../kinds/machine/port.ts';
import type { OpenMachine } from './machine-words.ts';

/** What an allocator says of itself. */
export interface Introduction {
  readonly name?: string;
  readonly revision?: string;
  readonly claims?: readonly Claim[];
  readonly features?: readonly Feature[];
}

/** A buddy allocator; boot memory; a machine; an allocator that threads use at once; or several of them, each under its name. */
export type AllocatorSpec = Introduction &
  (
    | (BuddySpec & { readonly kind?: 'buddy' })
    | (BootSpec & { readonly kind: 'boot' })
    | { readonly kind: 'machine'; readonly open: OpenMachine }
    | (ConcurrentSpec & { readonly kind: 'smp' })
    | {
        readonly kind: 'several';
        readonly buddy?: BuddySpec;
        readonly boot?: BootSpec;
        readonly machine?: { readonly open: OpenMachine };
      }
  );

/** Returns a machine that is an object of this process, as the judge asks it. */
function machinePort(open: OpenMachine): MachinePort {
  let words: MachineWords | undefined;
  return {
    open: (machine) => {
      let unsupported: string | undefined;
      try {
        words = new MachineWords((host) => {
          const opened = open(machine, host);
          if (!('unsupported' in opened)) return opened;
          unsupported = opened.unsupported;
          return { allocate: () => null, free: () => undefined, get: () => undefined, balance: () => undefined };
        });
      } catch (error) {
        return { kind: 'failed', why: describe(error) };
      }
      return unsupported === undefined ? { kind: 'ready' } : { kind: 'unsupported', why: unsupported };
    },
    run: (asked) => {
      const nothing = { reclaims: 0, woken: false };
      try {
        return words?.run(asked) ?? { outcome: { kind: 'nonsense', token: 'no machine is open' }, ...nothing };
      } catch (error) {
        return { outcome: { kind: 'nonsense', token: describe(error) }, ...nothing };
      }
    },
    observe: () => words?.object.observe?.(),
    shown: () => undefined,
  };
}

function portsOf(spec: AllocatorSpec): LiveSubject['ports'] {
  if (spec.kind === 'boot') return { boot: new BootObjectPort(spec) };
  if (spec.kind === 'machine') return { machine: machinePort(spec.open) };
  if (spec.kind === 'smp') return { smp: new ThreadsObject(spec) };
  if (spec.kind !== 'several') return { buddy: new BuddyObject(spec) };
  return {
    ...(spec.buddy === undefined ? {} : { buddy: new BuddyObject(spec.buddy) }),
    ...(spec.boot === undefined ? {} : { boot: new BootObjectPort(spec.boot) }),
    ...(spec.machine === undefined ? {} : { machine: machinePort(spec.machine.open) }),
  };
}

/**
 * Returns any object with the methods of an allocator, as a subject of the judge: `kind` says of which kind, the buddy system if it
 * is left out.
 */
export const objectSubject = (spec: AllocatorSpec): LiveSubject => ({
  kind: 'live',
  hello: {
    name: spec.name ?? 'allocator',
    revision: spec.revision ?? '',
    language: 'JavaScript',
    claims: new Set(spec.claims ?? []),
    features: new Set([...(spec.features ?? []), ...(spec.kind === 'smp' ? [threadsFeature(spec)] : [])]),
    unknown: [],
    maxBatch: 1000,
    maxLine: 2 ** 20,
  },
  ports: portsOf(spec),
});
