/** The stations of the tour that show boot memory or a machine's zones, marks and kswapd, in a real browser. */
import { describe, expect, test, vi } from 'vitest';
import { Playground } from './playground.ts';
import { noBrowser, open, unreadable } from './browser.ts';
import type { Locator, Page } from 'playwright-core';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const playground = new Playground();
const { file } = playground;

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** Waits until a zone says how it stands. */
const stands = (page: Page, zone: string, how: string): Promise<void> =>
  page.locator(`section[aria-label="${zone}"] .stands`, { hasText: how }).waitFor();

/** Presses Tab until a button has the focus, and then Enter; throws if it never has it. */
async function pressByKey(page: Page, name: string): Promise<void> {
  for (let n = 0; n < 80; n++) {
    await page.keyboard.press('Tab');
    const focused: unknown = await page.evaluate(
      'document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent',
    );
    if (focused === name) return page.keyboard.press('Enter');
  }
  throw new Error(`${name} is never reached by Tab`);
}

describe.skipIf(noBrowser !== undefined)(`in a browser${noBrowser === undefined ? '' : ` (${noBrowser})`}`, () => {
  test('zones: 16 pages more come from HighMem and from Normal, and the sums say why', async () => {
    const { page, wrong } = await open(playground.browser, file);
    await button(page, 'Zones and fallback').click();
    await stands(page, 'HighMem', '48 free, above low');
    expect(await page.locator('svg.gauge').count()).toBe(3);
    await button(page, 'a file is read 16 pages').click();
    await page.getByText('16 pages granted: 7 from HighMem, 9 from Normal').waitFor();
    expect(await page.locator('.sums tbody tr').allTextContents()).toEqual([
      'lowHighMem4141goes on',
      'lowNormal8865gives the page',
    ]);
    await page.getByText('src and spec agree on every answer').waitFor();
    expect(wrong).toEqual([]);
  });

  test('boot memory: requests share pages, and retirement begins the free lists', async () => {
    const { page, wrong } = await open(playground.browser, file);
    await button(page, 'Boot memory and its retirement').click();
    await page.locator('svg.pages').waitFor();
    await page.getByText('last grant: ended in page 1, of which 100 bytes are in use').waitFor();
    await button(page, '1,000 bytes').click();
    await page.getByText('address 4224: page 1, byte 128 of it').waitFor();
    await button(page, 'retire').click();
    await page.getByText('retired: 55 free pages are handed over').waitFor();
    expect(await page.locator('[aria-label="free lists of node 0"]').count()).toBe(1);
    await page.getByText('src and spec agree on every answer').waitFor();
    await page.reload();
    await page.getByText('retired: 55 free pages are handed over').waitFor();
    expect(wrong).toEqual([]);
  });

  test('marks: one page more wakes kswapd, and HighMem asks to be balanced', async () => {
    const { page } = await open(playground.browser, file);
    await button(page, 'Three marks').click();
    await stands(page, 'HighMem', '41 free, above low');
    await button(page, 'a file is read 1 page').click();
    await stands(page, 'HighMem', '40 free, above min; asks to be balanced');
    await page.getByText('request 1 wakes kswapd').waitFor();
    const label = await page.locator('section[aria-label=HighMem] svg.gauge').getAttribute('aria-label');
    expect(label).toBe('HighMem: 40 free, above min; asks to be balanced; marks: min 20, low 40, high 60');
  });

  test('kswapd: by the keyboard alone, two turns bring Normal above high, and then it sleeps', async () => {
    const { page } = await open(playground.browser, file);
    await pressByKey(page, 'kswapd');
    await stands(page, 'Normal', '21 free, above min; asks to be balanced');
    await pressByKey(page, 'a turn of kswapd');
    await stands(page, 'Normal', '53 free, above low; asks to be balanced');
    await page.keyboard.press('Enter');
    await stands(page, 'Normal', '85 free, above high');
    await page.getByText('kswapd sleeps. ').waitFor();
    await pressByKey(page, 'undo');
    await stands(page, 'Normal', '53 free, above low; asks to be balanced');
  });

  test('the state is in the address, and comes back from it; the slider goes back in it', async () => {
    const { page } = await open(playground.browser, `${file}#zones=0,160,0&ratio=8&run=r139+k`);
    await stands(page, 'Normal', '53 free, above low');
    await button(page, 'the kernel needs 16 pages').click();
    expect(await page.evaluate('location.hash')).toBe('#zones=0,160,0&ratio=8&run=r139+k+n16');
    await page.locator('h1').click();
    await page.keyboard.press('Home');
    await stands(page, 'Normal', '160 free, above high');
  });

  test('on demand a zone shows its blocks and its free lists', async () => {
    const { page } = await open(playground.browser, `${file}#zones=48,96,160&ratio=8&run=`);
    await page.getByText('blocks of DMA').click();
    await page.getByText('48 of 48 frames free').waitFor();
    await page.locator('section[aria-label=DMA] svg.tree').waitFor();
  });

  test('axe-core finds nothing in them, light and dark, on a desktop and on a phone', async () => {
    for (const [station, asked] of [
      ['Boot memory and its retirement', '3 pages'],
      ['Zones and fallback', 'a file is read 16 pages'],
      ['Three marks', 'a file is read 1 page'],
      ['kswapd', 'a turn of kswapd'],
    ] as const) {
      const found = await unreadable(playground.browser, file, async (page) => {
        await button(page, station).click();
        await button(page, asked).click();
        const more = page.locator('section.zone summary').first();
        if ((await more.count()) > 0) await more.click();
      });
      expect(found, station).toEqual([]);
    }
  });
});
