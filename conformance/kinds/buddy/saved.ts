/** A case of the buddy system as a file, and from an untrusted file. */
import { show } from '../../show.ts';
import { z } from 'zod';
import { badCase } from '../../judge/kind.ts';
import { encodeScript, parseScript } from './wire/tokens.ts';
import { pfn } from '../../unit.ts';
import type { BadCase } from '../../judge/kind.ts';
import type { FixedCase, Shape } from './case.ts';
import type { Run } from '../../../protocol/index.ts';

/** A case as it is saved, and as the summary of a run shows it. */
export interface SavedCase {
  readonly init: {
    readonly base: number;
    readonly pages: number;
    readonly orders: number;
    readonly reserved?: readonly (readonly [number, number])[];
  };
  readonly run: string;
  /** Afterwards the arena is emptied and drained, and must grant what a fresh one does. */
  readonly drain?: true;
}

/** A case as it is saved: it holds all that it needs, and no seed. */
export function save({ shape, script, drain }: FixedCase): SavedCase {
  const { base, pages, orders, reserved } = shape;
  return {
    init: { base, pages, orders, ...(reserved.length > 0 ? { reserved } : {}) },
    run: encodeScript(script),
    ...(drain ? { drain } : {}),
  };
}

const runs = z.array(z.tuple([z.int().min(0), z.int().min(1)]));

const saved: z.ZodType<SavedCase> = z.object({
  init: z.object({
    base: z
      .int()
      .min(0)
      .max(2 ** 52),
    pages: z
      .int()
      .min(1)
      .max(2 ** 20),
    orders: z.int().min(1).max(31),
    reserved: runs.optional(),
  }),
  run: z.string(),
  drain: z.literal(true).optional(),
}) as z.ZodType<SavedCase>;

/** Returns the runs of a shape if they are sorted, apart and inside; else what is wrong with them. */
function shapeOf({ init }: SavedCase): Shape | BadCase {
  const { base, pages, orders, reserved = [] } = init;
  let end = base;
  for (const [first, count] of reserved) {
    if (first < end || first + count > base + pages) {
      const bounds = `sorted, apart and within frames ${base} to ${base + pages - 1}`;
      return badCase(`init.reserved: [${first}, ${count}] must be ${bounds}`);
    }
    end = first + count;
  }
  return { base: pfn(base), pages, orders, reserved: reserved.map(([first, count]): Run => [pfn(first), count]) };
}

function fixedOf(one: SavedCase): FixedCase | BadCase {
  const shape = shapeOf(one);
  if ('kind' in shape) return shape;
  const script = parseScript(one.run);
  if (!('kind' in script)) {
    const large = script.find((operation) => operation.kind === 'resize' && operation.pages > shape.pages);
    if (large !== undefined)
      return badCase(`run: ${encodeScript([large])} is more than the ${shape.pages} pages of init`);
    return { shape, script, drain: one.drain === true };
  }
  return badCase(`run: word ${script.at} is "${show(script.token)}"; it must be ${script.expected}`);
}

/** More reserved runs than this are not read. */
const MOST_RUNS = 4096;

const isOurs = z.object({ init: z.object({ pages: z.unknown().refine((pages) => pages !== undefined) }) });

/** Reads a case of the buddy system out of a value that nobody vouches for; undefined if it is of another kind. */
export function parseBuddyCase(value: unknown): FixedCase | BadCase | undefined {
  if (!isOurs.safeParse(value).success) return undefined;
  const { reserved } = (value as { init: { reserved?: unknown } }).init;
  if (Array.isArray(reserved) && reserved.length > MOST_RUNS)
    return badCase(`init.reserved: more than ${MOST_RUNS} runs`);
  const result = saved.safeParse(value);
  if (result.success) return fixedOf(result.data);
  const issue = result.error.issues[0];
  return badCase(`${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not a case'}`);
}
