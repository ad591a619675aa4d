import { demoBoot, demoFirstFit } from '../../../conformance/index.ts';
import { demoBuddy } from '../../../conformance/demo/buddy.ts';
import { demoInterrupts } from '../../../conformance/demo/interrupts.ts';
import { expect, test } from 'vitest';
import { fragmentationPlot } from '../../../conformance/demo/plot.ts';
import { fragmentationTable, measured } from '../../../conformance/demo/fragmentation.ts';
import { join } from 'node:path';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { run } from '../command.ts';

test.each([
  ['buddy', demoBuddy],
  ['boot', demoBoot],
  ['first-fit', demoFirstFit],
])('USE-2 · the command prints the demonstration: %s', async (name, draw) => {
  const { status, stderr, stdout } = await run(['demo', name]);
  expect([status, stderr, stdout]).toEqual([0, '', `${draw()}\n`]);
});

test('demo fragmentation prints a table of what a seed fixes, and writes the picture', async () => {
  const svg = join(mkdtempSync(join(tmpdir(), 'demo-')), 'shares.svg');
  const { status, stderr, stdout } = await run(['demo', 'fragmentation', '--seed', '9', '--svg', svg]);
  const right = measured(9);
  expect([status, stderr, stdout]).toEqual([0, '', `${fragmentationTable(right)}\n`]);
  expect(readFileSync(svg, 'utf8')).toBe(fragmentationPlot(right));
  expect((await run(['demo', 'fragmentation', '--svg', '/nonexistent/shares.svg'])).status).toBe(2);
});

test('demo interrupts prints the story, and writes it as a page', async () => {
  const html = join(mkdtempSync(join(tmpdir(), 'demo-')), 'interrupts.html');
  const { status, stderr, stdout } = await run(['demo', 'interrupts', '--html', html]);
  expect([status, stderr, stdout]).toEqual([0, '', `${demoInterrupts()}\n`]);
  expect(readFileSync(html, 'utf8')).toContain('<h1>Why interrupts must be off</h1>');
  expect((await run(['demo', 'interrupts', '--html', '/nonexistent/interrupts.html'])).status).toBe(2);
});
