/** Opens pages in a real browser, if there is one. */
import { chromium } from 'playwright-core';
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
