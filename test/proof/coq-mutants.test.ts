/** Tests that small changes of the generated definitions are made, and that a proof breaks with a fault and with nothing else. */

import { mutantsOf, show, tried } from '../../proof/unbounded/mutants.ts';
import { expect, test, vi } from 'vitest';
import { isThere } from './emit/compiled.ts';
import { patience } from '../arbitrary/campaign.ts';
import { textOf } from '../../proof/unbounded/coq.ts';

vi.setConfig({ testTimeout: 10 * patience });

const FILES = [
  ['Generated', ['Field_get_buddyFlag', 'Field_get_privateOrder', 'core_2_4', 'core_2_6']],
  ['GeneratedFace', ['rejected', 'OwnerTable_get_owners', 'isInside']],
] as const;

test.for(FILES)(
  '%s: every definition that computes something is changed, each change is another, and one line differs',
  ([file, none]) => {
    const generated = textOf(file);
    const all = mutantsOf(generated);
    const defined = [...generated.matchAll(/^(?:Definition|Fixpoint) (\w+)/gmu)].map(([, name]) => name ?? '');
    const changed = new Set(all.map(({ within }) => within));
    expect(defined.filter((name) => !changed.has(name))).toEqual(none);
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
    const lines = generated.split('\n');
    for (const { text } of all) expect(text.split('\n').filter((line, n) => line !== lines[n])).toHaveLength(1);
  },
);

test('a lost toggle breaks a proof; what is as it was breaks none', async ({ skip }) => {
  if (!isThere('coqtop')) skip('there is no coqtop');
  const generated = textOf('Generated');
  const lost = mutantsOf(generated).find(
    (mutant) => show(mutant).startsWith('markUsed: let z := with_map') && mutant.becomes === '',
  );
  if (lost === undefined) throw new Error('no toggle is left out');
  const broken: (string | undefined)[] = [];
  for await (const one of tried('Generated', [lost, { ...lost, text: generated }])) broken.push(one.broken);
  expect(broken).toEqual(['code/Map', undefined]);
});
