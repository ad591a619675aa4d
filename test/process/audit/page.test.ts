/** Tests the page of an audit: every invariant, what became of it, and nothing that an allocator says of itself runs there. */
import { audit } from '../../../conformance/audit/invariants/audit.ts';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { invariants } from '../../../invariants/index.ts';
import { join } from 'node:path';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { noBrowser, startBrowser, unreadable } from '../page/browser.ts';
import { storyOf } from '../../../conformance/audit/invariants/story.ts';
import { patience } from '../../arbitrary/campaign.ts';
import { referenceSubject } from '../../../conformance/subjects/reference.ts';
import { run } from '../command.ts';
import { tmpdir } from 'node:os';
import type { Audits } from '../../../protocol/index.ts';

const NAME = '<script>alert(1)</script> & "me"';

const built = createRequire(import.meta.url)('../../../dist/page/audit.cjs') as Audits;

/** Audits the reference under a name that is no good one. */
async function made(): Promise<string> {
  const subject = referenceSubject('2.4');
  const named = { ...subject, hello: { ...subject.hello, name: NAME } };
  const done = await audit(() => Promise.resolve(named), { cases: 60, seconds: 20 });
  return built.page(storyOf(done, '2026-01-01'));
}

test('the page has every invariant and what it came to, and no script', async () => {
  const page = await made();
  for (const { clause, statement } of invariants) {
    expect(page).toContain(`<h2>${clause}: `);
    expect(page).toContain(statement);
  }
  expect(page).not.toContain('<script');
  expect(page).toContain('Audit of &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;me&quot;');
  expect(page.match(/<section class="held">/gu)).toHaveLength(12);
  expect(page).toContain('<section class="idle"><h2>MARK-1: not observable</h2>');
  expect(page.match(/It can fail\. If /gu)).toHaveLength(12);
  expect(page).not.toMatch(/undefined|https?:/u);
});

test('the command writes it, and says before the run if it cannot', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  try {
    const file = join(folder, 'audit.html');
    const { status } = await run(['audit', '--reference', '2.6', '--cases', '40', '--html', file]);
    expect(status).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('<h1>Audit of buddy-oracle reference 2.6</h1>');
    const refused = await run(['audit', '--reference', '2.6', '--cases', '40', '--html', join(folder, 'no', 'a.html')]);
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('cannot be written')]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe.skipIf(noBrowser !== undefined)(`in a browser${noBrowser === undefined ? '' : ` (${noBrowser})`}`, () => {
  test('it is read on a phone and a desktop, light and dark', { timeout: 4 * patience }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'audit-'));
    const browser = await startBrowser();
    try {
      const file = join(folder, 'audit.html');
      writeFileSync(file, await made());
      expect(await unreadable(browser, file)).toEqual([]);
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true });
    }
  });
});
