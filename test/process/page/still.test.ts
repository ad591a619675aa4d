/** One state of a case: `draw` in text, and as a picture that stands alone. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { fixture, run } from '../command.ts';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { noBrowser, open, startBrowser } from './browser.ts';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import type { Browser } from 'playwright-core';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'still-'));
const file = (name: string): string => join(folder, name);
const save = (name: string, of: object): string => {
  writeFileSync(file(name), JSON.stringify(of));
  return file(name);
};

afterAll(() => rmSync(folder, { recursive: true }));

const SMALL = { init: { base: 0, pages: 16, orders: 5, reserved: [[3, 1]] }, run: 'a0 a2 f0 F9:0' };

const BOOT = {
  init: { boot: [[16, 80, 16]] },
  run: 'bf0:65536:262144 br0:65536:4096 ba0:1000:16:0 ba0:5000:16:0 bt0',
};

describe('draw', () => {
  test('the state after the last operation: blocks, what the operation is about, free lists', async () => {
    const { status, stdout } = await run(['draw', save('small.json', SMALL)]);
    expect(status).toBe(0);
    expect(stdout).toBe(`buddy system of buddy-oracle reference 2.4 2.4.22
16 frames from 0, orders 0 to 4, reserved 3+1
operation 4 of 4: free frame 9 as order 0: rejected as never-allocated
permitted: rejected as never-allocated

arena
 0 |. .|.|#|b b b b|. . . . . . . .|
                      ^
11 of 16 frames free
order  0     1  2
order  1     1  0
order  3     1  8
`);
  });

  test('the state before the first operation, and after another one', async () => {
    const before = await run(['draw', save('small.json', SMALL), '--step', '0']);
    expect(before.stdout).toContain('\nbefore the first operation\n');
    expect(before.stdout).toContain('\n 0 |. .|.|#|. . . .|. . . . . . . .|\n');
    const first = await run(['draw', save('small.json', SMALL), '--step', '1']);
    expect(first.stdout).toContain('\noperation 1 of 4: allocate a block of order 0: granted frame 2\n');
    expect(first.stdout).toContain('\n 0 |. .|a|#|. . . .|');
  });

  test('what went wrong is said and marked with a cross', async () => {
    const judged = await run(['check', '--json', '--kind', 'buddy', ...fixture('three-faults')]);
    writeFileSync(file('found.json'), judged.stdout);
    const { status, stdout } = await run(['draw', file('found.json'), ...fixture('three-faults')]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^[A-Z]+-\d+ refuted at .*,\nbut /mu);
  });

  test('a state that the case does not reach, and a file that is no case, are errors of usage', async () => {
    const late = await run(['draw', save('small.json', SMALL), '--step', '5']);
    expect([late.status, late.stderr]).toEqual([2, 'buddy-oracle: --step 5: the case ends after operation 4\n']);
    const none = await run(['draw', save('none.json', {})]);
    expect([none.status, none.stdout]).toEqual([2, '']);
  });

  test('boot memory has a digit for each page', async () => {
    const { stdout } = await run(['draw', save('boot.json', BOOT), '--step', '4']);
    expect(stdout).toContain('\n16  1 1 1 0 0');
    expect(stdout).toContain('last grant: ended in page 18');
  });
});

describe.skipIf(noBrowser !== undefined)(`in a browser${noBrowser === undefined ? '' : ` (${noBrowser})`}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  test.each([
    ['small', SMALL, ['svg.tree']],
    ['many', { init: { base: 7, pages: 200, orders: 8 }, run: 'a0 a3 a6' }, ['svg.tree']],
    ['large', { init: { base: 0, pages: 4096, orders: 10 }, run: 'a0 a3 a6' }, ['svg.tree', 'svg.overview']],
    ['boot', { ...BOOT, run: BOOT.run.slice(0, -4) }, ['svg.pages']],
  ] as const)('%s: the picture is well-formed, has its parts, and nothing lies outside', async (name, of, parts) => {
    const svg = file(`${name}.svg`);
    expect((await run(['draw', save(`${name}.json`, of), '--svg', svg])).status).toBe(0);
    const { page, wrong } = await open(browser, svg);
    expect(wrong).toEqual([]);
    expect(await page.locator('parsererror').count()).toBe(0);
    for (const part of parts) expect(await page.locator(part).count(), part).toBeGreaterThan(0);
    const outside = await page.evaluate(`[...document.querySelectorAll('text, rect:not(.paper)')].filter((one) => {
      const [at, all] = [one, document.documentElement].map((some) => some.getBoundingClientRect());
      return at.left < all.left - 1 || at.right > all.right + 1 || at.bottom > all.bottom + 1;
    }).map((one) => one.outerHTML)`);
    expect(outside).toEqual([]);
  });

  test('it is light and dark', async () => {
    const svg = file('schemes.svg');
    await run(['replay', save('small.json', SMALL), '--svg', svg]);
    const papers = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await open(browser, svg, { colorScheme });
      papers.push(await page.evaluate(`getComputedStyle(document.querySelector('.paper')).fill`));
    }
    expect(papers).toEqual(['rgb(255, 255, 255)', 'rgb(30, 32, 36)']);
  });

  test('what a harness says of itself stays text', async () => {
    const name = '<script>document.title="owned"</script>&\u0001"';
    const svg = file('named.svg');
    await run(['draw', save('small.json', SMALL), '--svg', svg, ...fixture('named', name)]);
    expect(readFileSync(svg, 'utf8')).not.toContain('<script');
    const { page, wrong } = await open(browser, svg);
    expect(wrong).toEqual([]);
    expect(await page.locator('svg > title').first().textContent()).toContain('<script>document.title="owned"');
  });
});
