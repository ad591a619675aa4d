/** Tests that the words of boot memory and machines are carried out alike in each language that has them. */
import { TRIED, lacking } from './languages.ts';
import { afterAll, expect, test, vi } from 'vitest';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { path } from '../started.ts';
import { patience } from '../../arbitrary/campaign.ts';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

vi.setConfig({ testTimeout: 2 * patience });

const folder = mkdtempSync(`${tmpdir()}/words-`);
afterAll(() => rmSync(folder, { recursive: true }));

/** What is said, and the results that must come back. */
const SAID: readonly (readonly [request: string, reply: object])[] = [
  ['"init":{"base":0,"pages":4,"orders":1,"reserved":[]}', { unsupported: 'no arena' }],
  ['"init":{"boot":[[0,64,4],[70,101,70]]}', { ready: {} }],
  ['"run":"br0:8192:4097"', { ran: 'w2' }],
  ['"run":"br0:8192:1"', { ran: '.' }],
  ['"run":"br9:8192:1"', { ran: '!no-such-node' }],
  ['"run":"bf0:99:1"', { ran: '.' }],
  ['"run":"bf0:100:1"', { ran: '!out-of-range' }],
  ['"run":"ba*:100:32:0"', { ran: '8192' }],
  ['"run":"ba1:1:2:4"', { ran: '7' }],
  ['"run":"ba1:5:2:4"', { ran: '-' }],
  ['"run":"bt0"', { ran: 'h1+2,5+3,3+1' }],
  ['"run":"bt1"', { ran: '!retired' }],
  [
    '"init":{"machine":{"orders":5,"policy":"node-local","balance":[[1,0,0],[1,0,0],[1,0,0]],"nodes":[[["DMA",0,8,[]]]]}}',
    { ready: {} },
  ],
  // Slots: 0 is granted frame 6, 1 frame 7 and kswapd was woken; 2 is refused, 3 stalled.
  ['"run":"A0:0:0:0 A0:1:1:0 N0:0:0:0 A0:3:0:0"', { ran: '6 7w - ~w' }],
  // Nothing is named: one reclaim without success; its frame is 77, slot 4. Then two that succeed, and a refusal.
  ['"run":"A0:2:0:0 g0 p0:0 p1:1 A0:2:0:0"', { ran: '77/1 . . . -/2' }],
  // Slot 0 has a user left, slot 1 was reclaimed.
  ['"run":"f1 f0 f0 F77:9 F77:2 f4"', { ran: '. . . !double-free . .' }],
  ['"run":"p0:4 k"', { ran: '. ./1' }],
  ['"observe":["zones"]', { observed: { zones: [[8, true]] } }],
  ['"bye":true', { bye: true }],
];

test.for([
  ['python', 'serve_words.py', 'python3 serve_words.py'],
  ['javascript', 'serve-words.js', 'node serve-words.js'],
  ['c', 'serve_words.c', 'cc -std=c99 -Wall -Wextra -pedantic -Werror -o words serve_words.c && ./words'],
] as const)('in %s', ([language, script, line], { skip }) => {
  const tried = TRIED.find((one) => one.language.name === language);
  const why = tried === undefined ? `nobody says what ${language} needs` : lacking(tried);
  if (why !== undefined) skip(why);
  const into = join(folder, language);
  cpSync(path(`../../conformance/harness/${language}`), into, { recursive: true });
  cpSync(path(`attach/answers/${script}`), join(into, script));
  const input = SAID.map(([request], id) => `{"id":${id},${request}}\n`).join('');
  const { status, stderr, stdout } = spawnSync('bash', ['-c', line], { cwd: into, input, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const replies = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown); // prettier-ignore
  expect(replies).toEqual(SAID.map(([, reply], id) => ({ id, ...reply })));
});
