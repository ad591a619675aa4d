import { z } from 'zod';
import { encodeScript, parseScript } from '../../wire/tokens.ts';
import { pfn } from '../../unit.ts';
import type { FixedCase } from './case.ts';
import type { Run } from '../../../protocol/index.ts';
import type { Shape } from '../../judge/subject.ts';

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
  /** Cases that the same process must have seen before. */
  readonly before?: readonly SavedCase[];
}

/** A case as it is saved: it holds all that it needs, and no seed. */
export function save({ shape, script, drain, before }: FixedCase): SavedCase {
  const { base, pages, orders, reserved } = shape;
  return {
    init: { base, pages, orders, ...(reserved.length > 0 ? { reserved } : {}) },
    run: encodeScript(script),
    ...(drain ? { drain } : {}),
    ...(before.length > 0 ? { before: before.map(save) } : {}),
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
      .max(2 ** 24),
    orders: z.int().min(1).max(31),
    reserved: runs.optional(),
  }),
  run: z.string(),
  drain: z.literal(true).optional(),
  before: z.array(z.lazy(() => saved)).optional(),
}) as z.ZodType<SavedCase>;

/** Text that is no saved case, and why. */
export interface BadFile {
  readonly kind: 'bad-file';
  readonly why: string;
}

/** The runs of a shape if they are sorted, apart and inside; else what is wrong with them. */
function shapeOf({ init }: SavedCase): Shape | BadFile {
  const { base, pages, orders, reserved = [] } = init;
  let end = base;
  for (const [first, count] of reserved) {
    if (first < end || first + count > base + pages) {
      const why = `init.reserved: [${first}, ${count}] must be sorted, apart and within frames ${base} to ${base + pages - 1}`;
      return { kind: 'bad-file', why };
    }
    end = first + count;
  }
  return { base: pfn(base), pages, orders, reserved: reserved.map(([first, count]): Run => [pfn(first), count]) };
}

function fixedOf(one: SavedCase): FixedCase | BadFile {
  const shape = shapeOf(one);
  if ('kind' in shape) return shape;
  const script = parseScript(one.run);
  if ('kind' in script)
    return { kind: 'bad-file', why: `run: word ${script.at} is "${script.token}"; it must be ${script.expected}` };
  const before: FixedCase[] = [];
  for (const earlier of one.before ?? []) {
    const read = fixedOf(earlier);
    if ('kind' in read) return read;
    before.push(read);
  }
  return { shape, script, drain: one.drain === true, before };
}

/**
 * Reads a case out of text that nobody vouches for: a saved case, a summary that holds one, or a stream of records whose last
 * one is such a summary.
 */
export function parseCase(text: string): FixedCase | BadFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const last = text.trim().split('\n').at(-1) ?? '';
    try {
      value = JSON.parse(last);
    } catch {
      return { kind: 'bad-file', why: 'it is not JSON' };
    }
  }
  const inner = z.object({ case: z.unknown() }).safeParse(value);
  const result = saved.safeParse(inner.success && inner.data.case !== undefined ? inner.data.case : value);
  if (result.success) return fixedOf(result.data);
  const issue = result.error.issues[0];
  const place = issue?.path.map(String).join('.') ?? '';
  const what = issue?.message ?? 'not a case';
  const why = place === '' ? 'it must be an object {"init": ..., "run": ...}' : `${place}: ${what}`;
  return { kind: 'bad-file', why };
}
