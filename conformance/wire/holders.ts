/** Who holds the other end of a process's pipes, if the system tells: Linux does, in /proc. */

import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { show } from '../show.ts';

/** A process's ends of its pipes: "socket:[4711]" by the name of its stream. */
export type Ends = ReadonlyMap<string, string>;

/** Most processes that are named. */
const NAMED = 8;

/** Returns what a directory or a link of /proc says, or `nothing` if the process is gone or somebody else's. */
function said<T>(look: () => T, nothing: T): T {
  try {
    return look();
  } catch {
    return nothing;
  }
}

/** Returns the ends that a process got when it was started, and has not closed yet. Its stdin keeps nobody waiting. */
export function endsOf(pid: number): Ends {
  const ends = new Map<string, string>();
  for (const [fd, stream] of [
    [1, 'stdout'],
    [2, 'stderr'],
  ] as const) {
    const end = said(() => readlinkSync(`/proc/${pid}/fd/${fd}`), '');
    if (/^(?:socket|pipe):\[\d+\]$/u.test(end)) ends.set(end, stream);
  }
  return ends;
}

/** Returns the streams whose ends a process holds. */
function heldBy(pid: string, ends: Ends): readonly string[] {
  const held = new Set<string>();
  for (const fd of said(() => readdirSync(`/proc/${pid}/fd`), [])) {
    const stream = ends.get(said(() => readlinkSync(`/proc/${pid}/fd/${fd}`), ''));
    if (stream !== undefined) held.add(stream);
  }
  return [...held].sort().reverse();
}

/** Names the processes that hold ends of a harness which is gone: "process 4711 (sleep) ... still holds its stdout". */
export function holdersOf(ends: Ends): readonly string[] {
  const named: string[] = [];
  if (ends.size === 0) return named;
  for (const pid of said(() => readdirSync('/proc'), [])) {
    if (!/^\d+$/u.test(pid)) continue;
    const held = heldBy(pid, ends);
    if (held.length === 0) continue;
    if (named.length === NAMED) return [...named, 'more processes do'];
    const name = said(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trimEnd(), 'unknown');
    named.push(`process ${pid} (${show(name)}) left the group of the harness and still holds its ${held.join(', ')}`);
  }
  return named;
}
