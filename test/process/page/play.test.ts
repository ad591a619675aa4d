/** The playground in a real browser: it splits, joins, undoes, reads a case, and is restored from its address. */
import { describe, expect, test, vi } from 'vitest';
import { readFileSync } from 'node:fs';
import { Playground } from './playground.ts';
import { noBrowser, open, unreadable } from './browser.ts';
import { run } from '../command.ts';
import type { Locator, Page } from 'playwright-core';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const playground = new Playground();
const { file, folder } = playground;

/** The picture of a kernel, once it says something. */
const says = (page: Page, kernel: string, what: string): Promise<void> =>
  page.locator(`svg.tree[aria-label="Linux ${kernel}: ${what}"]`).waitFor();

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

describe.skipIf(noBrowser !== undefined)(`in a browser${noBrowser === undefined ? '' : ` (${noBrowser})`}`, () => {
  test('a block of order 0 is split off, each kernel giving its own half, and joined again after a click on it', async () => {
    const { page, wrong } = await open(playground.browser, `${file}#pages=4&orders=3&run=`);
    await button(page, 'order 0').click();
    await says(page, '2.4', 'frames 0 to 1 free; frame 2 free; frame 3 allocation 0');
    await says(page, '2.6', 'frame 0 allocation 0; frame 1 free; frames 2 to 3 free');
    const said = page.locator('.said').first();
    expect(await said.textContent()).toContain('expand splits it twice');
    await page.locator('.kernel').first().locator('g.held .label').click();
    await says(page, '2.4', 'frames 0 to 3 free');
    await says(page, '2.6', 'frames 0 to 3 free');
    expect(await said.textContent()).toContain('joins it twice');
    expect(wrong).toEqual([]);
  });

  test('an operation is undone, and the address follows', async () => {
    const { page } = await open(playground.browser, `${file}#pages=4&orders=3&run=a0+a1`);
    await button(page, 'undo').click();
    await says(page, '2.4', 'frames 0 to 1 free; frame 2 free; frame 3 allocation 0');
    expect(await page.evaluate('location.hash')).toBe('#pages=4&orders=3&run=a0');
    await button(page, 'clear').click();
    await says(page, '2.4', 'frames 0 to 3 free');
  });

  test('the slider and the keys go back in it; an operation from there forgets what came after', async () => {
    const { page } = await open(playground.browser, `${file}#pages=4&orders=3&run=a0+a1`);
    await page.keyboard.press('ArrowLeft');
    await says(page, '2.4', 'frames 0 to 1 free; frame 2 free; frame 3 allocation 0');
    await button(page, 'order 0').click();
    await says(page, '2.4', 'frames 0 to 1 free; frame 2 allocation 1; frame 3 allocation 0');
    expect(await page.evaluate('location.hash')).toBe('#pages=4&orders=3&run=a0+a0');
  });

  test('a key that is pressed as soon as there is a picture is heeded', async () => {
    const page = await playground.browser.newPage();
    await page.addInitScript(`new MutationObserver((_, watching) => {
      if (document.querySelector('svg.tree') === null) return;
      watching.disconnect();
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
    }).observe(document, { childList: true, subtree: true })`);
    await page.goto(`file://${file}#pages=4&orders=3&run=a0+a1`);
    await page.locator('output', { hasText: '1 / 2' }).waitFor();
  });

  test('a pasted case is read, and what is none is told of', async () => {
    const { page } = await open(playground.browser, file);
    await page.locator('summary').click();
    await page.locator('textarea').fill('{"init":{"base":0,"pages":2,"orders":2},"run":"a0"}');
    await button(page, 'read it').click();
    await says(page, '2.4', 'frame 0 free; frame 1 allocation 0');
    await page.locator('textarea').fill('a0 b1');
    await button(page, 'read it').click();
    await page.getByText('operation 2, "b1", is no operation').waitFor();
  });

  test('the tour goes to its stations, and the last one refuses though half of it is free', async () => {
    const { page } = await open(playground.browser, file);
    await button(page, 'Fragmentation').click();
    await page.getByText('8 of 16 frames free').first().waitFor();
    await button(page, 'order 1').click();
    await page.getByText('refused', { exact: true }).first().waitFor();
    await button(page, 'What the bit cannot see').click();
    await page.getByText('rejected as double-free').waitFor();
    expect(await page.getByText('src and spec agree').count()).toBe(2);
  });

  test('axe-core finds nothing, light and dark, on a desktop and on a phone', async () => {
    expect(await unreadable(playground.browser, `${file}#pages=16&orders=5&run=a0+a1+f1`)).toEqual([]);
  });
});

test('the script is at most 120 kB, the one that explains logs at most 60 kB more, and the policy lets nothing else in', () => {
  const text = readFileSync(file, 'utf8');
  const [explains = '', plays = '', ...others] = text.split('<script>').slice(1);
  expect(explains.length).toBeLessThan(60_000);
  expect(plays.length).toBeLessThan(120_000);
  expect(others).toEqual([]);
  expect(text).toMatch(
    /content="default-src 'none'; script-src 'sha256-[^']+' 'sha256-[^']+'; style-src 'sha256-[^']+'; /u,
  );
  expect(text).not.toContain('unsafe');
});

test('a file that cannot be written is an error of usage', async () => {
  const { status, stderr } = await run(['play', folder]);
  expect([status, stderr]).toEqual([2, `buddy-oracle: ${folder} is no file\n`]);
});
