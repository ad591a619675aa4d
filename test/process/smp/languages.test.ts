/** Tests that the examples in Go, C++, Rust and Java are judged while several threads use them: right under a lock, wrong without it. */

import { afterAll, expect, test, vi } from 'vitest';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { TRIED, lacking } from '../attach/languages.ts';
import { path } from '../started.ts';
import { patience } from '../../arbitrary/campaign.ts';
import { run } from '../command.ts';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

vi.setConfig({ testTimeout: 6 * patience }); // compilers and threads take their time on a machine that is busy

const folder = mkdtempSync(`${tmpdir()}/threads-`);
afterAll(() => rmSync(folder, { recursive: true }));

/** How an example is built for threads, and its lock, with what takes the place of it. */
interface Threaded {
  readonly build: string;
  /** What starts it in its folder; the program judged if it is left out. */
  readonly start?: (folder: string) => readonly string[];
  readonly file: string;
  readonly lock: string;
  readonly unlocked: string;
}

/** What lets a thread in Rust forget that it must not share: the allocator without its lock. */
const BARE = `{ struct Bare(*mut Attached);
            unsafe impl Sync for Bare {}
            impl threads::Shared for Bare {
                fn allocate(&self, order: u32) -> Result<u64, Not> { unsafe { (*self.0).allocate(order) } }
                fn free(&self, frame: u64, order: u32) -> Result<(), Not> { unsafe { (*self.0).free(frame, order) } }
            }
            threads::carry_out(&Bare(self), scripts) }`;

const THREADED: readonly (readonly [name: string, Threaded])[] = [
  [
    'go',
    {
      build: 'go build -tags threads -o judged .',
      file: 'attach_threads.go',
      lock: 's.lock.Lock()\n\tdefer s.lock.Unlock()',
      unlocked: '',
    },
  ],
  [
    'c++',
    {
      build: 'c++ -O2 -std=c++17 -DTHREADS -pthread -o judged attach.cpp',
      file: 'attach.cpp',
      lock: 'std::unique_lock<std::mutex>(mutex)',
      unlocked: 'std::unique_lock<std::mutex>(mutex, std::defer_lock)',
    },
  ],
  [
    'rust',
    {
      build: 'rustc --edition 2021 -O --cfg threads -o judged attach.rs',
      file: 'attach.rs',
      lock: 'threads::carry_out(&std::sync::Mutex::new(self), scripts)',
      unlocked: BARE,
    },
  ],
  [
    'java',
    {
      build: 'javac -d out AttachThreads.java Attach.java Oracle.java Threads.java example/Buddy.java',
      start: (into) => ['java', '-cp', `${into}/out`, 'AttachThreads'],
      file: 'AttachThreads.java',
      lock: 'public synchronized',
      unlocked: 'public',
    },
  ],
];

function built(into: string, build: string): void {
  const { status, stderr } = spawnSync('bash', ['-c', build], { cwd: into, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
}

test.for(THREADED)(
  'SMP-1 · %s: conforms under a lock, and is found wrong without it',
  async ([name, one], { skip }) => {
    const tried = TRIED.find(({ language }) => language.name === name) ?? expect.fail(name);
    const why = lacking(tried);
    if (why !== undefined) skip(why);
    const into = `${folder}/${tried.language.folder}`;
    cpSync(path(`../../conformance/harness/${tried.language.folder}`), into, { recursive: true });
    built(into, one.build);
    const command = ['check', '--json', '--kind', 'smp', '--time', '60'];
    const started = one.start?.(into) ?? [`${into}/judged`];
    const right = await run([...command, '--cases', '100', '--', ...started]);
    expect([right.status, right.stdout]).toEqual([
      0,
      expect.stringMatching(/"verdict":"conforms"[^]*"history undecided":0/u),
    ]);

    const text = readFileSync(`${into}/${one.file}`, 'utf8');
    expect(text).toContain(one.lock);
    writeFileSync(`${into}/${one.file}`, text.replaceAll(one.lock, one.unlocked));
    built(into, one.build);
    const wrong = await run([...command, '--', ...started]);
    // Without a lock it may also crash, before an answer shows what went wrong.
    expect([wrong.status, wrong.stdout]).toEqual([
      1,
      expect.stringMatching(/"clause":"SMP-1"|"verdict":"(?:crash|flaky-crash|hang)"/u),
    ]);
  },
);
