/** The playground for the tests of a file, and the browser that they open it in. */
import { afterAll, beforeAll } from 'vitest';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { noBrowser, startBrowser } from './browser.ts';
import { run } from '../command.ts';
import { tmpdir } from 'node:os';
import type { Browser } from 'playwright-core';

/** The playground as a file, and a browser to open it in, from before the first test of a file until after its last. */
export class Playground {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'play-'));
  readonly file: string = join(this.folder, 'play.html');
  #browser: Browser | undefined;

  constructor() {
    beforeAll(async () => {
      const { status } = await run(['play', this.file]);
      if (status !== 0) throw new Error(`no playground was written: status ${status}`);
      if (noBrowser === undefined) this.#browser = await startBrowser();
    });
    afterAll(async () => {
      await this.#browser?.close();
      rmSync(this.folder, { recursive: true });
    });
  }

  get browser(): Browser {
    if (this.#browser === undefined) throw new Error('no browser was started');
    return this.#browser;
  }
}
