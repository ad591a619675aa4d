/** How long a browser takes to open the film of a long case. */
import { longCase, msToOpen } from '../../process/page/long.ts';
import { noBrowser, startBrowser } from '../../process/page/browser.ts';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';

const CLI = 'dist/conformance/cli/main.js';

/** Returns the seconds until a film of 3,000 operations shows its first picture, the fastest of `times`; or why there are none. */
export async function secondsToOpen(folder: string, times: number): Promise<number | string> {
  if (noBrowser !== undefined) return noBrowser;
  const [saved, film] = [join(folder, 'long.json'), join(folder, 'long.html')];
  writeFileSync(saved, JSON.stringify(longCase()));
  execFileSync(process.execPath, [CLI, 'replay', saved, '--html', film], { stdio: 'ignore' });
  const browser = await startBrowser();
  let fastest = Infinity;
  for (let n = 0; n < times; n++) fastest = Math.min(fastest, await msToOpen(browser, film));
  await browser.close();
  return fastest / 1000;
}
