/** The form of test vectors: cases with every answer that is permitted, and one that is not. */
import { z } from 'zod';
import { CLAUSES } from '../../spec/index.ts';
import type { Clause } from '../../protocol/index.ts';
import type { SavedBootCase } from '../kinds/boot/saved.ts';
import type { SavedMachine } from '../kinds/machine/operation.ts';
import type { ZoneReport } from '../kinds/machine/port.ts';

/** The version of the form: 2 since a vector may be of another kind than buddy. An id never changes what it names. */
export const VERSION = 2;

const count = z.int().min(0);

const arena = z
  .strictObject({
    base: count.describe('the first frame'),
    pages: z.int().min(1).describe('the number of frames'),
    orders: z.int().min(1).describe('blocks have the orders from 0 to this less 1'),
    reserved: z
      .array(z.tuple([count, z.int().min(1)]))
      .describe('runs of frames that are never granted: the first, and how many'),
  })
  .describe(
    'every frame that is not reserved is free at first; alignment is counted from the base, or from frame 0 if the vector needs align:absolute',
  );

/** What an allocator shows of itself, as the protocol's views do. */
const views = z.strictObject({
  'free-count': count,
  'free-lists': z.array(z.array(count)).describe('for each order, heads from head to tail'),
  'pair-bits': z.array(z.string()).describe('for each order below the top, a bit for each pair'),
});

const nodes = z
  .array(z.tuple([count, count, count]))
  .describe('nodes of boot memory: first page, page after the last, first page of the bitmap');

const marks = z.tuple([count, count, count]).describe('of pages_min: ratio, minimum, maximum');
const zone = z.tuple([z.string(), count, count, z.array(z.tuple([count, z.int().min(1)]))]);

const machine = z
  .strictObject({
    orders: z.int().min(1),
    policy: z.enum(['node-local', 'round-robin']),
    balance: z.tuple([marks, marks, marks]).describe('for DMA, Normal and HighMem'),
    nodes: z.array(z.array(zone)).describe('by node its zones: name, first frame, number of frames, holes'),
  })
  .describe('a machine, as an init of the protocol has it');

const zoneViews = z.strictObject({
  zones: z
    .array(z.tuple([count, z.boolean()]))
    .describe('for each zone its free frames, and whether it asks to be balanced'),
});

/** What may be wrong: an answer, or one of some views. */
const wrong = (...views: readonly Wrong['where'][]): z.ZodType =>
  z
    .strictObject({
      where: z.enum(['answer', ...views]).describe('the last answer, or a view after it'),
      after: z.array(z.string()).describe('the answers before it'),
      shown: z.string().describe('what would be wrong; of a view, as JSON'),
      because: z.tuple([z.string(), z.string()]).describe('two facts that cannot both hold'),
    })
    .describe('something that refutes the clause');

const common = {
  id: z.string().describe('clause, profile, arena and script: the same in every version'),
  clause: z.string(),
  needs: z
    .array(z.string())
    .describe(
      'claims, and the features boot, boot:misuse, machine, range, resize, sized, bulk and align:absolute: judge nobody by this vector who lacks one of them',
    ),
  permits: z
    .array(z.array(z.record(z.string(), count)))
    .describe('by operation, then by state (0 at first): each permitted answer, and the state that it leads to'),
};

const vector = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('buddy'),
    arena,
    run: z
      .string()
      .describe(
        'a<order> allocates, f<n> frees what allocation n was granted, F<frame>:<order> frees a frame, r<order>:<low>:<end> allocates within, A<frames>:<align> allocates frames, z<pages> resizes, b<n>:<n> frees at once',
      ),
    shows: views.optional().describe('what must be shown after the last operation'),
    wrong: wrong('free-count', 'free-lists', 'pair-bits'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('boot'),
    boot: nodes,
    run: z
      .string()
      .describe('br, bf, ba and bt, as in the protocol; the runs of an answer to bt are as long as can be'),
    wrong: wrong(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('machine'),
    machine,
    run: z.string().describe('A, N, p, g, f and k, as in the protocol'),
    shows: zoneViews.optional().describe('what must be shown after the last operation'),
    wrong: wrong('zones'),
  }),
]);

/** A file of vectors. */
export const VECTORS: z.ZodType<Vectors> = z
  .strictObject({
    version: z.literal(VERSION),
    clauses: z.record(z.string(), z.string()).describe('each clause in one sentence'),
    vectors: z.array(vector),
  })
  .meta({ title: 'Test vectors for buddy allocators, boot memory and machines' }) as unknown as z.ZodType<Vectors>;

/** An arena as a vector has it. */
export interface VectorArena {
  readonly base: number;
  readonly pages: number;
  readonly orders: number;
  readonly reserved: readonly (readonly [first: number, count: number])[];
}

/** What an arena must show after the last operation. */
export interface ArenaShows {
  readonly 'free-count': number;
  readonly 'free-lists': readonly (readonly number[])[];
  readonly 'pair-bits': readonly string[];
}

/** What a machine must show after the last operation. */
export interface MachineShows {
  readonly zones: readonly ZoneReport[];
}

/** What there is before the first operation, as an init of the protocol says it; and what must be shown after the last. */
export type Given =
  | { readonly kind: 'buddy'; readonly arena: VectorArena; readonly shows?: ArenaShows }
  | { readonly kind: 'boot'; readonly boot: SavedBootCase['init']['boot'] }
  | { readonly kind: 'machine'; readonly machine: SavedMachine; readonly shows?: MachineShows };

/** Something that refutes the clause of a vector. */
export interface Wrong {
  readonly where: 'answer' | keyof ArenaShows | keyof MachineShows;
  readonly after: readonly string[];
  readonly shown: string;
  readonly because: readonly [string, string];
}

/** The answers that are permitted to one operation: by state, each answer and the state that it leads to. */
export type Permits = readonly Readonly<Record<string, number>>[];

/** What vectors of every kind have. */
interface Common {
  readonly id: string;
  readonly clause: Clause;
  readonly needs: readonly string[];
  readonly run: string;
  readonly permits: readonly Permits[];
  readonly wrong: Wrong;
}

export type Vector = Common & Given;

export interface Vectors {
  readonly version: typeof VERSION;
  readonly clauses: Readonly<Record<string, string>>;
  readonly vectors: readonly Vector[];
}

/** Returns a file of vectors, with the sentence of each clause that is in it. */
export const fileOf = (vectors: readonly Vector[]): Vectors => ({
  version: VERSION,
  clauses: Object.fromEntries(
    [...new Set(vectors.map(({ clause }) => clause))].map((id) => [id, CLAUSES[id].sentence]),
  ),
  vectors,
});

/** Returns the schema of such a file. */
export const schema = (): object => z.toJSONSchema(VECTORS);
