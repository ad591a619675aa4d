/** The casts outside tests, and what has checked each of them: a list that shrinks. */

import type { Checked } from './casts.ts';

export const CHECKED: readonly Checked[] = [
  {
    by: 'a copy of an array has the type of the array',
    casts: { 'invariants/snapshot.ts': 1 },
  },
  {
    by: 'a run makes the coverage, the finding and the case of the kind that it is handed back to',
    casts: {
      'conformance/judge/coverage.ts': 1,
      'conformance/judge/kind.ts': 1,
      'conformance/judge/runner.ts': 1,
      'conformance/judge/search/together.ts': 1,
      'conformance/kinds/boot/kind.ts': 1,
      'conformance/kinds/buddy/kind.ts': 1,
      'conformance/kinds/machine/kind.ts': 1,
      'conformance/kinds/smp/kind.ts': 1,
    },
  },
  {
    by: 'a live subject puts each port under the name of its kind',
    casts: {
      'conformance/kinds/boot/port.ts': 1,
      'conformance/kinds/buddy/port.ts': 1,
      'conformance/kinds/machine/port.ts': 1,
      'conformance/kinds/smp/port.ts': 1,
    },
  },
  {
    by: 'a schema of zod, or tests of its shape, in the same function',
    casts: {
      'conformance/judge/file.ts': 1,
      'conformance/kinds/boot/saved.ts': 1,
      'conformance/kinds/buddy/saved.ts': 2,
      'conformance/kinds/buddy/wire/reply.ts': 1,
      'conformance/kinds/machine/saved.ts': 1,
      'conformance/subjects/wasm.ts': 2,
      'conformance/trace/json.ts': 1,
      'conformance/vectors/form.ts': 1,
      'page/still/markup.ts': 3,
    },
  },
  {
    by: 'the schema of a record, in the same file',
    casts: { 'conformance/judge/report/read.ts': 1 },
  },
  {
    by: 'a set of features is only asked whether it has one that is known',
    casts: { 'conformance/judge/report/merge.ts': 1 },
  },
  {
    by: 'whoever makes these arrays makes them of buffers of its own',
    casts: { 'proof/exhaustive/buddy/difference.ts': 1, 'proof/exhaustive/buddy/image.ts': 1 },
  },
  {
    by: 'what is read was written by this project: a module that it builds, data of a page or of its own threads',
    casts: {
      'conformance/cli/film/built.ts': 3,
      'conformance/subjects/thread.ts': 1,
      'page/film/main.ts': 1,
      'proof/exhaustive/orbits/share.ts': 1,
    },
  },
  {
    by: 'the types of Node and of z3-solver say less than their manuals',
    casts: { 'conformance/cli/kernel/input.ts': 2, 'proof/inductive/solve.ts': 2 },
  },
  {
    by: 'a variable that is set later begins as undefined',
    casts: { 'conformance/demo/contenders.ts': 1, 'conformance/subjects/thread.ts': 1 },
  },
  {
    by: 'a user names the module, and what it lacks is told when it is called',
    casts: { 'conformance/subjects/concurrent.ts': 1, 'conformance/subjects/thread.ts': 1 },
  },
];
