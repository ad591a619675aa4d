/** What can be pasted into the playground, in a real browser: each form, what is said of it, and what cannot be read. */
import { describe, expect, test, vi } from 'vitest';
import { Playground } from './playground.ts';
import { noBrowser, open, unreadable } from './browser.ts';
import { run } from '../command.ts';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const playground = new Playground();
const { file } = playground;

async function paste(page: Page, text: string): Promise<void> {
  const area = page.locator('textarea');
  if (!(await area.isVisible())) await page.locator('.paste summary').click();
  await area.fill(text);
  await page.getByRole('button', { name: 'read it', exact: true }).click();
}

const BUDDYINFO = `Node 0, zone      DMA      1      0      1      0      2      1      1      0      1      1      3
Node 0, zone   Normal   1046    527    128     36     17      5     26     40     13     16     94
`;

describe.skipIf(noBrowser !== undefined)(`in a browser${noBrowser === undefined ? '' : ` (${noBrowser})`}`, () => {
  test('a trace, as a report prints it', async () => {
    const { page, wrong } = await open(playground.browser, file);
    await paste(page, '  4 frames from 0, orders 0 to 1\n  a0 a1 a0   (3 operations)');
    await page.getByText('Taken for a trace of 3 operations.').waitFor();
    await page
      .locator(
        'svg.tree[aria-label="Linux 2.6: frames 0 to 1 allocation 1; frame 2 allocation 0; frame 3 allocation 2"]',
      )
      .waitFor();
    expect(await page.evaluate('location.hash')).toBe('#pages=4&orders=2&run=a0+a1+a0');
    expect(wrong).toEqual([]);
  });

  test('a script of sizes; what it was taken for, and what was left out', async () => {
    const { page } = await open(playground.browser, file);
    await paste(page, 'A = malloc 100K\nalloc 5\nprint heap\nfree A');
    await page.getByText('Taken for a script of sizes: 3 operations, in an arena of 64 frames.').waitFor();
    await page.getByText('line 3, "print heap", is left out').waitFor();
    expect(await page.evaluate('location.hash')).toBe('#pages=64&orders=7&run=a5+a3+f0');
  });

  test('/proc/buddyinfo: its first zone has these lists, and another zone is a click away', async () => {
    const { page } = await open(playground.browser, file);
    await paste(page, BUDDYINFO);
    await page.getByText('Taken for /proc/buddyinfo, node 0 DMA.').waitFor();
    await page.getByText('every free block is shown').waitFor();
    const counts = page.locator('.kernel').first().locator('td.count');
    expect(await counts.allTextContents()).toEqual(['1', '0', '1', '0', '2', '1', '1', '0', '1', '1', '3']);
    await page.getByRole('button', { name: 'node 0 Normal', exact: true }).click();
    await page.getByText('order 10: 1 of 94 free blocks are shown').waitFor();
    await page.reload();
    expect(await counts.first().textContent()).toBe('272');
  });

  test.each(['failure-arm', 'killer-dots', 'sysrq-32m'])('a log, %s: what the command says of it', async (name) => {
    const { page, wrong } = await open(playground.browser, `${file}#pages=4&orders=3&run=a0`);
    const log = new URL(`../../unit/explain/texts/${name}.txt`, import.meta.url).pathname;
    await paste(page, readFileSync(log, 'utf8'));
    const { stdout } = await run(['explain', log]);
    expect(stdout).toContain('verdict: ');
    expect(`${await page.locator('.paste pre').textContent()}\n`).toBe(stdout);
    expect(await page.evaluate('location.hash')).toBe('#pages=4&orders=3&run=a0');
    await paste(page, 'a0 a1');
    await page.getByText('Taken for a trace of 2 operations.').waitFor();
    expect(await page.locator('.paste pre').count()).toBe(0);
    expect(wrong).toEqual([]);
  });

  test('/proc/buddyinfo is shown and explained', async () => {
    const { page } = await open(playground.browser, file);
    await paste(page, BUDDYINFO);
    await page.getByText('Taken for /proc/buddyinfo, node 0 DMA.').waitFor();
    expect(await page.locator('.paste pre').textContent()).toContain('read as: buddyinfo');
  });

  test('a block of a zone from /proc/buddyinfo is granted, and the address keeps both', async () => {
    const { page } = await open(playground.browser, file);
    await paste(page, 'Node 0, zone DMA 2 1 1');
    await page.getByRole('button', { name: 'order 1', exact: true }).click();
    await page.getByText('src and spec agree').first().waitFor();
    expect(await page.evaluate('location.hash')).toBe('#free=2,1,1&run=a1');
  });

  test.each([
    ['', 'there is nothing to read'],
    ['hello', 'line 1, "hello", is left out: it has no size'],
    ['a0 b1', 'operation 2, "b1", is no operation'],
    ['{"init":', 'it begins as JSON does, but is none'],
    ['{"init":{"machine":{}},"run":""}', 'init.machine is no machine'],
    ['Node 0, zone DMA x', 'line 1: '],
    ['<img src=x onerror=alert(1)>', '"<img src=x onerror=alert(1)>", is left out'],
  ])('%j is refused in words, and nothing is thrown', async (text, why) => {
    const { page, wrong } = await open(playground.browser, `${file}#pages=4&orders=3&run=a0`);
    await paste(page, text);
    await page.getByRole('alert').filter({ hasText: why }).waitFor();
    expect(await page.evaluate('location.hash')).toBe('#pages=4&orders=3&run=a0');
    expect(wrong).toEqual([]);
  });

  test('from the zones of a machine, a case leads back to the buddy system', async () => {
    const { page } = await open(playground.browser, `${file}#zones=48,96,160&ratio=8&run=r16`);
    await paste(page, 'a0 a1');
    await page.locator('.kernel').first().waitFor();
    expect(await page.evaluate('location.hash')).toBe('#pages=16&orders=5&run=a0+a1');
  });

  test('axe-core finds nothing in what is said, light and dark, on a desktop and on a phone', async () => {
    expect(await unreadable(playground.browser, file, (page) => paste(page, BUDDYINFO))).toEqual([]);
    expect(await unreadable(playground.browser, file, (page) => paste(page, 'a0 b1'))).toEqual([]);
    const log = readFileSync(new URL('../../unit/explain/texts/failure-arm.txt', import.meta.url), 'utf8');
    expect(await unreadable(playground.browser, file, (page) => paste(page, log))).toEqual([]);
  });
});
