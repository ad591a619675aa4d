import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { expectConforms, wasmSubject } from 'buddy-oracle';

test('my allocator in WebAssembly conforms', { timeout: 60_000 }, async () => {
  const bytes = readFileSync(new URL('./first-fit.wasm', import.meta.url));
  await expectConforms(wasmSubject({ bytes, claims: ['complete'] }), { seed: 1, cases: 60 });
});
