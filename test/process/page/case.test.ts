/** Saved cases of boot memory and on machines in the playground, in a real browser. */
import { Playground } from './playground.ts';
import { describe, expect, test, vi } from 'vitest';
import { noBrowser, open, unreadable } from './browser.ts';
import type { Page } from 'playwright-core';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const playground = new Playground();
const { file } = playground;

const BOOT = '{"init":{"boot":[[0,8,0],[8,12,8]]},"run":"bf0:0:32768 br0:0:4096 ba*:100:32:0 ba0:5000:32:0 bt0"}';
const MACHINE =
  '{"init":{"machine":{"orders":2,"policy":"node-local","balance":[[1,0,0],[1,1,1],[1,0,0]],"nodes":[[["DMA",0,2,[]],["Normal",2,4,[]]]]}},' +
  '"run":"A0:1:32:2048 A0:1:32:2048 A0:1:32:2048 p0:1 A0:1:464:0"}';

async function paste(page: Page, text: string): Promise<void> {
  await page.locator('.paste summary').click();
  await page.locator('textarea').fill(text);
  await page.getByRole('button', { name: 'read it', exact: true }).click();
}

describe.skipIf(noBrowser !== undefined)(`in a browser${noBrowser === undefined ? '' : ` (${noBrowser})`}`, () => {
  test('a case of boot memory is shown to its retirement, and step by step by the keys; its address restores it', async () => {
    const { page, wrong } = await open(playground.browser, file);
    await paste(page, BOOT);
    await page.getByText('Taken for a case of boot memory.').waitFor();
    await page.getByText('retired: 5 free pages are handed over, ascending, and then 1 of the bitmap').waitFor();
    await page.getByText('src and spec agree on every answer').waitFor();
    await page.locator('.legend', { hasText: 'the bitmap itself' }).waitFor();
    await page.locator('h1').click();
    await page.keyboard.press('ArrowLeft');
    await page.getByText('last grant: ended in page 2, of which').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'A case, step by step' }).waitFor();
    expect(await page.locator('.ground h2').allTextContents()).toEqual(['node 0', 'node 1']);
    expect(wrong).toEqual([]);
  });

  test('a case on a machine has gauges with marks; who was woken, and what a reclaim freed', async () => {
    const { page, wrong } = await open(playground.browser, `${file}#case=${encodeURIComponent(MACHINE)}`);
    await page.getByText('kswapd was woken; a reclaim freed frame').waitFor();
    await page.getByText('src and spec agree on every answer').waitFor();
    const gauges = page.locator('[aria-label*="marks: min 1, low 2, high 3"]');
    expect(await gauges.count()).toBeGreaterThan(0);
    await page.keyboard.press('Home');
    await page.getByText('every frame is free, but for the holes').waitFor();
    expect(wrong).toEqual([]);
  });

  test('axe-core finds nothing, light and dark, on a desktop and on a phone', async () => {
    for (const text of [BOOT, MACHINE]) {
      expect(await unreadable(playground.browser, file, (page) => paste(page, text))).toEqual([]);
    }
  });
});
