/** Opens pages in a real browser, if there is one. */
import { chromium } from 'playwright-core';
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Why there is no browser; undefined if there is one. */
export const noBrowser: string | undefined = existsSync(CHROMIUM) ? undefined : `no browser: ${CHROMIUM} is not there`;

/** Starts the browser; nothing that it opens may load anything from a network. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND'] });

/** A page that was opened, and what went wrong in it. */
export interface Opened {
  readonly page: Page;
  /** Errors, and what the page's policy kept from happening. */
  readonly wrong: readonly string[];
}

/** Opens a file. */
export async function open(browser: Browser, file: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const page = await browser.newPage(options);
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) wrong.push(`asks for ${request.url()}`);
  });
  await page.goto(`file://${file}`);
  return { page, wrong };
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** A phone, and the window of a desktop. */
const WIDTHS = [390, 1200];

/**
 * Opens a file as a phone and a desktop show it, light and dark, and has `act` bring it into a state. Returns what axe-core
 * finds there, and by how many pixels the page is wider than its window.
 */
export async function unreadable(
  browser: Browser,
  file: string,
  act: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of WIDTHS) {
      const { page } = await open(browser, file, { colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
      await act(page);
      await page.addScriptTag({ path: AXE });
      const said: unknown = await page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html).join("\\n"))',
      );
      const wider: unknown = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      if (said !== '') found.push(`${colorScheme}, ${width} px: ${String(said)}`);
      if (wider !== 0) found.push(`${colorScheme}, ${width} px: ${String(wider)} px too wide`);
      await page.close();
    }
  }
  return found;
}
