/** This project's own allocators as a subject: the buddy system of either kernel; boot memory and machines of 2.4. */
import { BootReference } from './boot-reference.ts';
import { BuddyReference } from './buddy-reference.ts';
import { FREE_MISUSES, claimOf } from '../kinds/buddy/misuse.ts';
import { MachineReference } from './machine-reference.ts';
import type { Claim, Kernel } from '../../protocol/index.ts';
import type { Feature, LiveSubject } from '../judge/subject.ts';

const FEATURES: Readonly<Record<Kernel, readonly Feature[]>> = {
  '2.4': ['boot', 'boot:misuse', 'boot:page-size', 'machine', 'observe:zones'],
  '2.6': ['align:absolute'],
};

/** Returns the reference of a kernel, all that it holds shown after every operation. */
export function referenceSubject(kernel: Kernel): LiveSubject {
  const claims: readonly Claim[] = [
    'complete',
    'best-fit',
    `placement:linux-${kernel}`,
    'capacity',
    ...FREE_MISUSES.map(claimOf),
  ];
  const buddy = new BuddyReference(kernel);
  return {
    kind: 'live',
    hello: {
      name: `buddy-oracle reference ${kernel}`,
      revision: kernel === '2.4' ? '2.4.22' : '2.6.24',
      language: 'TypeScript',
      claims: new Set(claims),
      features: new Set(FEATURES[kernel]),
      unknown: [],
      maxBatch: 1000,
      maxLine: 2 ** 20,
    },
    ports: kernel === '2.4' ? { buddy, boot: new BootReference(), machine: new MachineReference() } : { buddy },
  };
}
