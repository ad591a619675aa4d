/** The reasons why a layer has no code, or no invariant, for a clause. */

import type { Clause } from '../../../protocol/index.ts';

type Why = Readonly<Partial<Record<Clause, string>>>;

const every = (ids: readonly Clause[], why: string): Why => Object.fromEntries(ids.map((id) => [id, why]));

const PASSES26: readonly Clause[] = ['GATE-6', 'GATE-9', 'GATE-10', 'GATE-11', 'GATE-12'];

const SMP: readonly Clause[] = ['SMP-1', 'SMP-2', 'SMP-3', 'SMP-4', 'SMP-5', 'SMP-6'];

const MAKING: readonly Clause[] = ['MAKE-1', 'MAKE-2', 'MAKE-3', 'MAKE-4', 'MAKE-5'];

/** Clauses that `spec` has no code for. */
const SPEC: Why = {
  'MAP-1': 'spec keeps two bits for each pair, of the top order too, and no map',
  'MARK-1': 'marks are representation: spec asks the pairs which blocks are free',
  ...every(['LIST-1', 'LIST-2'], 'links are representation: a list of spec is an array'),
  ...every(['USE-1', 'USE-2'], 'about a whole run: the judge drives and times it'),
  'CAP-1': 'about what an allocator declares or what draining shows: the judge compares it with the arena',
  ...every(MAKING, 'spec takes an arena that can be made; the function that makes one rejects the rest'),
  'BOOT-13': 'spec has no memory whose contents it could tell',
  'MAKE-6': 'spec takes a machine that can be made; the function that makes one rejects the rest',
  'PAGE-5': 'about the contents of memory, which spec does not have',
  'PAGE-6': 'about addresses, which spec does not have',
  'NODE-5': 'a request of spec names its node',
  ...every(['SMP-2', 'SMP-3', 'SMP-4'], 'about the lock, which spec does not have'),
};

/** Clauses that `src` has no code of its own for. */
const SRC: Why = {
  'PLACE-5': 'the caller that hands frames over chooses their order',
  'TAKE-8': 'the kernels have no request within a range',
  ...every(['RESIZE-1', 'RESIZE-2'], 'the size of a zone of these kernels never changes'),
  'BULK-1': 'an allocator of src frees one block at a time',
  ...every(['SIZED-1', 'SIZED-2', 'SIZED-3'], 'the allocators of these kernels are asked for orders alone'),
  ...every(['STATE-2', 'STATE-3'], 'follows from joining at once and as far as it goes'),
  'STEP-1': 'what is left alone has no code',
  'USE-1': 'follows from joining at once and as far as it goes',
  'USE-2': 'what does not happen has no code',
  'USE-3': 'the type of each answer says it',
  'CAP-1': 'the caller that hands frames over chooses them',
};

const ANSWER = 'about an answer, which no snapshot shows: refute in spec/buddy/step.ts judges it';
const ORDER =
  'about which block is taken, which no snapshot shows: every list is compared with that of spec/buddy/placement.ts';

const BOOT_ANSWERS: readonly Clause[] = [
  'BOOT-4',
  'BOOT-6',
  'BOOT-7',
  'BOOT-8',
  'BOOT-9',
  'BOOT-12',
  'RETIRE-3',
  'RETIRE-4',
  'RETIRE-5',
];
const PASSES =
  'about the order of actions, which no snapshot shows: placeMachine in spec/machine/placement.ts is compared';

/** Clauses that no invariant refutes. */
const INVARIANTS: Why = {
  ...every(['BLOCK-2', 'BLOCK-3'], 'about numbers alone'),
  ...every(['PAIR-1', 'PAIR-2'], 'what other invariants mean by wholly free'),
  'PAIR-3': 'about a command that must not be carried out: it is rejected as misuse',
  ...every(
    ['TAKE-1', 'TAKE-2', 'TAKE-3', 'TAKE-4', 'TAKE-5', 'TAKE-6', 'TAKE-7', 'TAKE-8', 'GIVE-1', 'GIVE-2'],
    ANSWER,
  ),
  ...every(
    ['RESIZE-1', 'RESIZE-2'],
    'about an answer, and an arena of a subject: this project has none that is resized',
  ),
  ...every(['SIZED-1', 'SIZED-2', 'SIZED-3', 'BULK-1'], ANSWER),
  ...every(['MISUSE-1', 'MISUSE-2', 'MISUSE-3', 'MISUSE-4', 'MISUSE-5', 'MISUSE-6'], ANSWER),
  'MISUSE-7': 'STEP-2 is refuted by a rejected command too',
  ...every(['HAND-1', 'HAND-2', 'HAND-3'], ANSWER),
  ...every(['PLACE-1', 'PLACE-2', 'PLACE-3', 'PLACE-4', 'PLACE-5'], ORDER),
  ...every(['USE-1', 'USE-2', 'USE-3', 'CAP-1'], 'about a whole run: the judge drives and times it'),
  ...every(MAKING, 'an arena that cannot be made is never seen'),
  ...every(['SIZE-1', 'SIZE-2', 'SIZE-3', 'SIZE-4', 'SIZE-5', 'SIZE-6'], 'about numbers alone'),
  'BOOT-1': 'about a node before its first command: judged when the node is made',
  ...every(BOOT_ANSWERS, 'about an answer, which no snapshot shows: refuteBoot in spec/boot/step.ts judges it'),
  'BOOT-13': 'about the contents of memory, which no observation shows',
  'BOOT-15': 'nodes that cannot be made are never seen',
  ...every(
    ['FIT-1', 'FIT-3', 'FIT-4', 'RETIRE-2'],
    'about which place or order is taken, which no snapshot shows: spec/boot/placement.ts and spec/boot/state.ts say it',
  ),
  'MAKE-6': 'a machine that cannot be made is never seen',
  ...every(['GFP-1', 'GFP-2', 'GFP-3'], 'about masks alone; ZONE-3 says what they mean for zonelists'),
  'ZONE-5': 'about a machine as it is made: its description has all of it',
  'ZONE-1': 'about how a machine is described: an observation has the description and no limits',
  ...every(['WATER-3', 'WATER-4'], 'WATER-2 is refuted by such a grant too, or it is permitted'),
  ...every(['PASS-1', 'PASS-3', 'PASS-4', 'PASS-5', 'PASS-6', 'PASS-7'], PASSES),
  ...every(['RECLAIM-1', 'RECLAIM-2', 'RECLAIM-3'], PASSES),
  ...every(['NODE-1', 'NODE-3', 'NODE-4', 'NODE-5'], PASSES),
  'PAGE-4': ANSWER,
  ...every(['PAGE-5', 'PAGE-6'], 'about contents and addresses, which no observation shows'),
  ...every(['FRAG-1', 'FRAG-2', 'FRAG-3'], 'about numbers alone'),
  ...every(SMP, 'about the calls of several processors, which no snapshot shows: spec/smp judges a history'),
  ...every(['GATE-1', 'GATE-3'], 'GATE-2 is refuted by such a grant, with the same inequalities'),
  'GATE-8': 'about masks alone',
  ...every(PASSES26, 'about the order of actions, which no snapshot shows: spec/machine26/placement.ts is compared'),
  'GATE-14': 'follows from GATE-2, GATE-3 and COUNT-1, which are held',
};

export const EXEMPT: { readonly spec: Why; readonly src: Why; readonly invariants: Why } = {
  spec: SPEC,
  src: SRC,
  invariants: INVARIANTS,
};
