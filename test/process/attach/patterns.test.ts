/** Tests that the patterns for boot memory and machines, in C and Python, conform over a pipe, and that a slip in each is refuted. */
import { TRIED, lacking } from './languages.ts';
import { afterAll, expect, test, vi } from 'vitest';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { run } from '../command.ts';
import { join } from 'node:path';
import { path } from '../started.ts';
import { patience } from '../../arbitrary/campaign.ts';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

vi.setConfig({ testTimeout: 2 * patience });

const folder = mkdtempSync(`${tmpdir()}/patterns-`);
afterAll(() => rmSync(folder, { recursive: true }));

interface Pattern {
  readonly language: 'c' | 'python';
  readonly kind: 'boot' | 'machine';
  readonly right: string;
  readonly wrong: string;
  /** The clause that the slip breaks. */
  readonly clause: string;
}

const PATTERNS: readonly Pattern[] = [
  { language: 'c', kind: 'boot', right: 'align > PAGE ? align : PAGE', wrong: 'PAGE', clause: 'BOOT-9' },
  { language: 'python', kind: 'boot', right: 'max(align, page)', wrong: 'page', clause: 'BOOT-9' },
  {
    language: 'c',
    kind: 'machine',
    right: 'gfp & GFP_WAIT ? MIN : QUARTER',
    wrong: 'QUARTER',
    clause: 'WATER-2',
  },
  {
    language: 'python',
    kind: 'machine',
    right: 'zone.min if gfp & WAIT else zone.min >> 2',
    wrong: 'zone.min >> 2',
    clause: 'WATER-2',
  },
];

/** Writes a pattern into a folder of its own, with the slip or without, and builds it; returns how it is started. */
function started({ kind, language, right, wrong }: Pattern, slips: boolean): readonly string[] {
  const into = join(folder, `${language}-${kind}-${slips}`);
  const file = join(into, `${kind}.${language === 'c' ? 'c' : 'py'}`);
  cpSync(path(`../../conformance/harness/${language}`), into, { recursive: true });
  const text = readFileSync(file, 'utf8');
  expect(text.split(right)).toHaveLength(2);
  if (slips) writeFileSync(file, text.replace(right, wrong));
  if (language === 'python') return ['--', 'python3', file];
  const flags = ['-O1', '-std=c99', '-Wall', '-Wextra', '-pedantic', '-Werror'];
  const built = spawnSync('cc', [...flags, '-o', join(into, 'judged'), file], { encoding: 'utf8' });
  expect(built.status, built.stderr).toBe(0);
  return ['--', join(into, 'judged')];
}

interface Summary {
  readonly verdict: string;
  readonly clause?: string;
  readonly case?: { readonly run: string };
}

const summaryOf = (stdout: string): Summary => JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Summary;

const FEW = ['--json', '--cases', '60', '--ops', '60', '--jobs', '1'];

test.for(PATTERNS.map((one) => [one.kind, one.language, one.clause, one] as const))(
  '%s in %s conforms; a slip is refuted by %s in at most five operations, and the case replays',
  async ([kind, language, clause, pattern], { skip }) => {
    const tried = TRIED.find((one) => one.language.name === language);
    const why = tried === undefined ? `nobody says what ${language} needs` : lacking(tried);
    if (why !== undefined) skip(why);
    const healthy = await run(['check', '--kind', kind, ...FEW, ...started(pattern, false)]);
    expect([healthy.status, summaryOf(healthy.stdout).verdict], healthy.stdout).toEqual([0, 'conforms']);

    const slipped = started(pattern, true);
    const broken = await run(['check', '--kind', kind, ...FEW, ...slipped]);
    const found = summaryOf(broken.stdout);
    expect([broken.status, found.clause]).toEqual([1, clause]);
    expect(found.case?.run.split(' ').length).toBeLessThanOrEqual(5);
    const replayed = await run(['replay', '--json', '-', ...slipped], JSON.stringify(found.case));
    expect([replayed.status, summaryOf(replayed.stdout).clause]).toEqual([1, clause]);
  },
);
