/** Tests that every harness says all that the protocol has: one conversation, with one scripted allocator in each language. */
import { TRIED, lacking } from './languages.ts';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { path } from '../started.ts';
import { patience } from '../../arbitrary/campaign.ts';
import { tmpdir } from 'node:os';
import type { Tried } from './languages.ts';

vi.setConfig({ testTimeout: 2 * patience }); // compilers take their time on a machine that is busy

const folder = mkdtempSync(`${tmpdir()}/answers-`);
afterAll(() => rmSync(folder, { recursive: true }));

const HELLO = '"hello":{"protocol":"buddy-oracle","versions":[1]}';
const init = (pages: number, reserved = ''): string =>
  `"init":{"base":8,"pages":${pages},"orders":2,"reserved":[${reserved}]}`;

/** What is said, and what must come back; the id is added, an empty `detail` is as good as none. */
const SAID: readonly (readonly [request: string, reply: object])[] = [
  ['"hello":{"protocol":"buddy-oracle","versions":[7,21]}', { refuse: expect.any(String) as string }],
  ['"run":"a0"', { unknown: true }],
  ['"later":true', { unknown: true }],
  [init(1), { unsupported: 'no "single" frame' }],
  [init(2), { failed: 'panic' }],
  [init(3), { ready: { usable: 'probe' } }],
  [init(5), { ready: { usable: [[8, 2], [12, 1]] } }], // prettier-ignore
  [init(16, '[9,1],[12,2]'), { ready: {} }],
  ['"run":"a0 a1 f0 f0 f1 f99 a7"', { ran: '8 - . . . . 2103' }],
  ['"run":"a2 a3 f3 F8:1"', { ran: '!internal !no-frame . !double-free', detail: { 0: 'list "2" is broken' } }],
  ['"run":"F8:1"', { ran: '!double-free', detail: { 0: 'twice' } }],
  ['"run":"F8:9 z4 z7 r1:4:9 r5:4:9 A3:4 f7"', { ran: '!wrong-order . - 5 - 7 .' }],
  ['"run":"a0 F9:0 f8"', { ran: '9 . .' }],
  [
    '"observe":["free-count","free-blocks","free-lists","pair-bits"]',
    { observed: { 'free-count': 7, 'free-blocks': [[1, 2], [8]], 'free-lists': [[2, 1], [8]], 'pair-bits': ['01'] } },
  ],
  ['"run":"b0:1 a7 b99"', { ran: '. 2103 .' }],
  ['"run":"a0 a4 f10"', { ran: '10 - !payload', detail: { 2: expect.stringContaining('frame 10') as string } }],
  ['"run":"b10 b11:8:10:2"', { ran: '!payload !payload' }],
  [init(16), { ready: {} }],
  ['"run":"f0 a0 a7"', { ran: '. 8 0' }],
  ['"bye":true', { bye: true }],
];

/** Puts the scripted allocator where the example is attached, and builds it. */
function built({ language }: Tried): string {
  const from = path(`../../conformance/harness/${language.folder}`);
  const into = join(folder, language.folder);
  cpSync(from, into, { recursive: true });
  const { attach } = language;
  cpSync(path(`attach/answers/${attach}`), join(into, attach));
  if (language.build !== undefined) {
    const { status, stderr } = spawnSync('bash', ['-c', language.build], { cwd: into, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  }
  return into;
}

/** Holds a conversation, all of it sent at once; returns the replies, each without an empty detail. */
function replies(tried: Tried, requests: readonly string[]): readonly unknown[] {
  const [program = '', ...parameters] = tried.language.start.split(' ');
  const input = requests.map((request, id) => `{"id":${id},${request}}\n`).join('');
  const { status, stderr, stdout } = spawnSync(program, parameters, { cwd: built(tried), input, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line.replace(',"detail":{}', '')) as unknown);
}

/** The hello of each scripted allocator. */
const helloOf = (language: string): object => ({
  version: 1,
  name: 'a "scripted" one',
  revision: '1',
  language: { c: 'C', 'c++': 'C++', rust: 'Rust', go: 'Go', java: 'Java', python: 'Python' }[language] ?? 'JavaScript',
  claims: ['complete', 'best-fit'],
  features: ['observe:free-count', 'payload'],
  maxBatch: 1000,
  maxLine: 1048576,
});

describe('a harness says all that the protocol has', () => {
  test.for(TRIED.map((one) => [one.language.name, one] as const))('in %s', ([name, tried], { skip }) => {
    const why = lacking(tried);
    if (why !== undefined) skip(why);
    const said = replies(tried, [HELLO, ...SAID.map(([request]) => request)]);
    const expected = [{ hello: helloOf(name) }, ...SAID.map(([, reply]) => reply)].map((reply, id) => ({
      id,
      ...reply,
    }));
    for (const [at, reply] of expected.entries()) expect(said[at]).toMatchObject(reply);
    expect(said).toHaveLength(expected.length);
  });
});
