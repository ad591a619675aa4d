/** How much of the time that passed a process had for itself, and did not wait for a processor or a disk. */

import { availableParallelism, loadavg } from 'node:os';
import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** Looks at a process from time to time. */
export interface Meter {
  begin(): void;
  /** Returns how many of the `passed` ms since the last look count against the process. */
  counted(passed: number): number;
}

/** What one thread has done since it began, in ms. */
interface Times {
  readonly state: string;
  readonly run: number;
  /** In the queue of a processor; the wait that it is in now comes on top once it is over. */
  readonly queued: number;
}

/** Most threads that are looked at. */
const THREADS = 256;
/** As many runnable processes a processor, or more, make a machine busy. */
const BUSY = 1.5;

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // it is gone
  }
};

function threadsOf(pid: string): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Returns the times of every thread of a process and of its descendants, by thread id. */
function timesOf(leader: number): ReadonlyMap<string, Times> {
  const times = new Map<string, Times>();
  const processes = [String(leader)];
  for (const pid of processes) {
    for (const thread of threadsOf(pid)) {
      if (times.size >= THREADS) return times;
      const path = `/proc/${pid}/task/${thread}`;
      const [run = NaN, queued = NaN] = textOf(`${path}/schedstat`).split(' ').map(Number);
      const stat = textOf(`${path}/stat`);
      const state = stat.charAt(stat.lastIndexOf(')') + 2); // its name may hold anything, even parentheses
      if (queued >= 0) times.set(thread, { state, run: run / 1e6, queued: queued / 1e6 });
      processes.push(...(textOf(`${path}/children`).match(/\d+/gu) ?? []));
    }
  }
  return times;
}

/** Returns how many of `passed` ms a thread waited for a processor (state R) or for a disk (state D). */
function waited(before: Times | undefined, now: Times, passed: number): number {
  const run = now.run - (before?.run ?? 0);
  return now.state === 'R' || now.state === 'D' ? passed - run : now.queued - (before?.queued ?? 0);
}

/** Goes by Linux's /proc: what the thread waited that waited longest does not count. */
class ThreadMeter implements Meter {
  readonly #leader: number;
  #before: ReadonlyMap<string, Times> = new Map();

  constructor(leader: number) {
    this.#leader = leader;
  }

  begin(): void {
    this.#before = timesOf(this.#leader);
  }

  counted(passed: number): number {
    const now = timesOf(this.#leader);
    let longest = 0;
    for (const [thread, times] of now) longest = Math.max(longest, waited(this.#before.get(thread), times, passed));
    this.#before = now;
    return Math.max(0, passed - longest);
  }
}

/** Goes by the machine's load: on a busy one, time counts as much as there are processors for those who want one. */
const LOAD_METER: Meter = {
  begin: () => undefined,
  counted: (passed) => {
    const load = (loadavg()[0] ?? 0) / availableParallelism();
    return load < BUSY ? passed : passed / load;
  },
};

/** Returns the meter of a process and its descendants. */
export const meterOf = (leader: number): Meter =>
  existsSync('/proc/self/schedstat') ? new ThreadMeter(leader) : LOAD_METER;
