/** The form of test vectors: cases of one arena with every answer that is permitted, and one that is not. */
import { z } from 'zod';
import { CLAUSES } from '../../spec/index.ts';
import type { Clause } from '../../protocol/index.ts';

/** The version of the form; an id never changes what it names. */
export const VERSION = 1;

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

const wrong = z
  .strictObject({
    where: z.enum(['answer', 'free-count', 'free-lists', 'pair-bits']).describe('the last answer, or a view after it'),
    after: z.array(z.string()).describe('the answers before it'),
    shown: z.string().describe('what would be wrong; of a view, as JSON'),
    because: z.tuple([z.string(), z.string()]).describe('two facts that cannot both hold'),
  })
  .describe('something that refutes the clause');

const vector = z.strictObject({
  id: z.string().describe('clause, profile, arena and script: the same in every version'),
  clause: z.string(),
  needs: z
    .array(z.string())
    .describe('claims, and the features range and align:absolute: judge nobody by this vector who lacks one of them'),
  arena,
  run: z
    .string()
    .describe(
      'a<order> allocates, f<n> frees what allocation n was granted, F<frame>:<order> frees a frame, r<order>:<low>:<end> allocates within',
    ),
  permits: z
    .array(z.array(z.record(z.string(), count)))
    .describe('by operation, then by state (0 at first): each permitted answer, and the state that it leads to'),
  shows: views.optional().describe('what must be shown after the last operation'),
  wrong,
});

/** A file of vectors. */
export const VECTORS: z.ZodType<Vectors> = z
  .strictObject({
    version: z.literal(VERSION),
    clauses: z.record(z.string(), z.string()).describe('each clause in one sentence'),
    vectors: z.array(vector),
  })
  .meta({ title: 'Test vectors for buddy allocators' }) as unknown as z.ZodType<Vectors>;

/** An arena as a vector has it. */
export interface VectorArena {
  readonly base: number;
  readonly pages: number;
  readonly orders: number;
  readonly reserved: readonly (readonly [first: number, count: number])[];
}

/** What must be shown after the last operation. */
export interface Shows {
  readonly 'free-count': number;
  readonly 'free-lists': readonly (readonly number[])[];
  readonly 'pair-bits': readonly string[];
}

/** Something that refutes the clause of a vector. */
export interface Wrong {
  readonly where: 'answer' | keyof Shows;
  readonly after: readonly string[];
  readonly shown: string;
  readonly because: readonly [string, string];
}

/** The answers that are permitted to one operation: by state, each answer and the state that it leads to. */
export type Permits = readonly Readonly<Record<string, number>>[];

export interface Vector {
  readonly id: string;
  readonly clause: Clause;
  readonly needs: readonly string[];
  readonly arena: VectorArena;
  readonly run: string;
  readonly permits: readonly Permits[];
  readonly shows?: Shows;
  readonly wrong: Wrong;
}

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
