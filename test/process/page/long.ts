/** A long film: a case of 3,000 operations, and how long a browser takes from navigation to its first picture. */
import type { Browser } from 'playwright-core';

/** Returns a case of 3,000 operations on 4,096 frames: each third one frees. */
export function longCase(): object {
  const words: string[] = [];
  let asked = 0;
  for (let n = 0; n < 3000; n++) words.push(n % 3 === 2 ? `f${asked - 2 + (n % 2)}` : `a${(asked++ * 7) % 4}`);
  return { init: { base: 0, pages: 4096, orders: 10 }, run: words.join(' ') };
}

/** Returns the milliseconds from navigation until a film has been drawn, as the page's own clock has them. */
export async function msToOpen(browser: Browser, file: string): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  await page.goto(`file://${file}`, { waitUntil: 'commit' });
  await page.locator('svg.tree').first().waitFor();
  // In the frame after the one with the picture, this one has been painted.
  const ms: unknown = await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))',
  );
  await page.close();
  return Number(ms);
}
