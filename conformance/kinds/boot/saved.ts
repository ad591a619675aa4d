/** A case of boot memory as a file, and from an untrusted file. */
import { show } from '../../show.ts';
import { z } from 'zod';
import { areNodes } from '../../../spec/index.ts';
import { badCase } from '../../judge/kind.ts';
import { bootInit, bootToken, parseBootToken } from './wire.ts';
import { pfn } from '../../unit.ts';
import type { BadCase } from '../../judge/kind.ts';
import type { BootCase } from './case.ts';
import type { BootInit } from './wire.ts';
import type { BootCommand, BootNode } from '../../../protocol/index.ts';

/** A case of boot memory as it is saved. */
export interface SavedBootCase {
  readonly init: BootInit;
  readonly run: string;
}

/** Returns a case as it is saved. */
export const saveBoot = ({ nodes, script }: BootCase): SavedBootCase => ({
  init: bootInit(nodes),
  run: script.map(bootToken).join(' '),
});

const MOST_NODES = 1024;
const page = z
  .int()
  .min(0)
  .max(2 ** 40);
const saved = z.object({
  init: z.object({ boot: z.array(z.tuple([page, page, page])).min(1), pageSize: z.int().min(1).optional() }),
  run: z.string(),
});
const isOurs = z.object({ init: z.object({ boot: z.unknown().refine((boot) => boot !== undefined) }) });

/** More pages than this in one node are not simulated. */
const MOST_PAGES = 2 ** 24;

function scriptOf(run: string): readonly BootCommand[] | BadCase {
  const script: BootCommand[] = [];
  for (const [at, word] of (run === '' ? [] : run.split(' ')).entries()) {
    const command = parseBootToken(word);
    if (command === undefined) return badCase(`run: word ${at} is "${show(word)}", which is no command of boot memory`);
    script.push(command);
  }
  return script;
}

/** Reads a case of boot memory out of a value that nobody vouches for; undefined if it is of another kind. */
export function parseBootCase(value: unknown): BootCase | BadCase | undefined {
  if (!isOurs.safeParse(value).success) return undefined;
  const { boot } = (value as { init: { boot: unknown } }).init;
  if (Array.isArray(boot) && boot.length > MOST_NODES) return badCase(`init.boot: more than ${MOST_NODES} nodes`);
  const read = saved.safeParse(value);
  if (!read.success) {
    const issue = read.error.issues[0];
    return badCase(`${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not a case'}`);
  }
  const { pageSize } = read.data.init;
  const nodes = read.data.init.boot.map(([start, end, map]): BootNode => ({
    start: pfn(start),
    end: pfn(end),
    map: pfn(map),
    ...(pageSize === undefined ? {} : { pageSize }),
  }));
  if (!areNodes(nodes))
    return badCase(
      'init.boot: the nodes overlap, are empty, or have no room for their maps, or a page has no such size',
    );
  if (nodes.some(({ end, start }) => end - start > MOST_PAGES)) {
    return badCase(`init.boot: a node has more than ${MOST_PAGES} pages`);
  }
  const script = scriptOf(read.data.run);
  return 'kind' in script ? script : { nodes, script };
}
