/** The film of a case in a real browser: what it shows, how it is steered, and who can read it. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buddyTree, fixture, run } from '../command.ts';
import { longCase, msToOpen } from './long.ts';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { noBrowser, open, startBrowser, unreadable } from './browser.ts';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import type { Browser, Page } from 'playwright-core';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'film-'));
const file = (name: string): string => join(folder, name);

let browser: Browser;

beforeAll(async () => {
  if (noBrowser !== undefined) return;
  browser = await startBrowser();
  writeFileSync(file('long.json'), JSON.stringify(longCase()));
  const boot = 'bf0:65536:262144 br0:65536:4096 ba0:1000:16:0 ba0:5000:16:0 bt0';
  writeFileSync(file('boot.json'), JSON.stringify({ init: { boot: [[16, 80, 16]] }, run: boot }));
  await run(['check', '--html', file('refuted.html'), ...buddyTree('2.3.0')]);
  await run(['replay', file('long.json'), '--html', file('long.html')]);
  await run(['replay', file('boot.json'), '--html', file('boot.html')]);
  await run([
    'check',
    '--kind',
    'machine',
    '--html',
    file('machine.html'),
    ...fixture('machine', 'marks do not add up'),
  ]);
});

afterAll(async () => {
  if (noBrowser === undefined) await browser.close();
  rmSync(folder, { recursive: true });
});

/** Waits until a page shows a step: "3 / 3". */
const shows = (page: Page, step: string): Promise<void> => page.locator('output', { hasText: step }).waitFor();

describe.skipIf(noBrowser !== undefined)(`in a browser${noBrowser === undefined ? '' : ` (${noBrowser})`}`, () => {
  test('the verdict and the two facts come first, and the contradiction is marked where it is', async () => {
    const { page, wrong } = await open(browser, file('refuted.html'));
    expect(await page.locator('h1').textContent()).toBe('buddy-tree 2.3.0 diverges');
    expect(await page.locator('.facts').textContent()).toBe(
      'the request was refusedbutthe order 0 block at frame 1 is wholly free',
    );
    expect(await page.locator('dd').allTextContents()).toEqual(['allocate a block of order 0', 'refused', 'frame 1']);
    const [mark, free] = [page.locator('.mark.wrong rect'), page.locator('g.free .cell')];
    const [around, inside] = [await mark.boundingBox(), await free.boundingBox()];
    expect(around?.x ?? 0).toBeLessThanOrEqual(inside?.x ?? 0);
    expect((around?.x ?? 0) + (around?.width ?? 0)).toBeGreaterThanOrEqual((inside?.x ?? 0) + (inside?.width ?? 0));
    expect(wrong).toEqual([]);
  });

  test('the arrow keys, Home, End and the space bar steer it, and it plays to its end', async () => {
    const { page } = await open(browser, file('refuted.html'));
    await shows(page, '3 / 3');
    await page.keyboard.press('ArrowLeft');
    await shows(page, '2 / 3');
    await page.keyboard.press('Home');
    await shows(page, '0 / 3');
    expect(await page.locator('svg.tree').getAttribute('aria-label')).toBe(
      'arena: frames 0 to 1 free; frames 2 to 3 free',
    );
    await page.keyboard.press('ArrowRight');
    await shows(page, '1 / 3');
    expect(await page.locator('svg.tree').getAttribute('aria-label')).toBe(
      'arena: frame 0 allocation 0; frame 1 free; frames 2 to 3 free',
    );
    await page.keyboard.press(' ');
    await shows(page, '3 / 3');
    await page.keyboard.press('End');
    await shows(page, '3 / 3');
  });

  test('every step is a button that leads to it', async () => {
    const { page } = await open(browser, file('refuted.html'));
    await page.locator('.steps button').first().click();
    await shows(page, '1 / 3');
    expect(await page.locator('[aria-current=step]').count()).toBe(1);
  });

  test('a film of 3,000 operations on 4,096 frames draws no more than fits, and steps', async () => {
    const { page, wrong } = await open(browser, file('long.html'));
    // A block that is larger than the window lies above all of it.
    expect(await page.locator('svg.tree .order').allTextContents()).toEqual(['order 9 · 512 frames']);
    await page.keyboard.press('End');
    await shows(page, '3,000 / 3,000');
    expect(await page.locator('svg.overview').count()).toBe(1);
    // How long a page takes to open is how much is in it: `npm run bench -- --page` has the time.
    expect(await page.locator('*').count()).toBeLessThan(8000);
    expect(wrong).toEqual([]);
  });

  test('a film of 3,000 operations says when it has drawn its first picture', async () => {
    const ms = await msToOpen(browser, file('long.html'));
    console.log(`the film of 3,000 operations shows its first picture after ${ms.toFixed(0)} ms`);
    expect(ms).toBeGreaterThan(0);
  });

  test('boot memory shows its pages, and after retirement the free lists that they became', async () => {
    const { page } = await open(browser, file('boot.html'));
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await shows(page, '4 / 5');
    // 1,000 and 5,000 bytes end in byte 1,912 of the second page after the map: they begin at 69,632, page 17.
    expect(await page.locator('.node').textContent()).toBe(
      'last grant: ended in page 18, of which 1912 bytes are in use',
    );
    await page.keyboard.press('ArrowRight');
    await shows(page, '5 / 5');
    expect(await page.locator('caption').textContent()).toBe('62 of 64 frames free');
  });

  test('a machine shows the marks of its zones, and where the block came from', async () => {
    const { page } = await open(browser, file('machine.html'));
    expect(await page.locator('svg.gauge').count()).toBeGreaterThan(0);
    expect(await page.locator('dd').allTextContents()).toContainEqual(
      expect.stringMatching(/^the block came from node \d \w+$/u),
    );
  });

  test.each(['refuted', 'long', 'boot', 'machine'])(
    'axe-core finds nothing in the film %s, light and dark, on a desktop and on a phone',
    async (name) => {
      expect(await unreadable(browser, file(`${name}.html`))).toEqual([]);
    },
  );

  test('it prints: the controls are gone, the picture stays', async () => {
    const { page } = await open(browser, file('refuted.html'));
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.controls').isVisible()).toBe(false);
    expect(await page.locator('svg.tree').isVisible()).toBe(true);
  });
});

test('the script is at most 120 kB, and the policy lets nothing else in', async () => {
  await run(['check', '--html', file('plain.html'), ...buddyTree('2.3.0')]);
  const text = readFileSync(file('plain.html'), 'utf8');
  const script = text.slice(text.lastIndexOf('<script>'));
  expect(script.length).toBeLessThan(120_000);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/u.exec(text)?.[1];
  expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; /u);
  expect(policy).not.toContain('unsafe');
  expect(text).not.toMatch(/https?:\/\/(?!www\.w3\.org\/)/u);
});

test('what a harness says of itself cannot become a part of the page', async () => {
  const said = '</script><script>document.title="owned"</script>';
  await run(['check', '--html', file('hostile.html'), ...fixture('named', said)]);
  const text = readFileSync(file('hostile.html'), 'utf8');
  expect(text.match(/<script/gu)).toHaveLength(2);
  expect(text).toContain('\\u003c/script\\u003e');
});
