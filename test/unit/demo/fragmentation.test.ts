/** Tests of the experiment about fragmentation: what must hold of its numbers, whatever they are. */
import { ORDERS, buddySystem, firstFit, grouped } from '../../../conformance/demo/contenders.ts';
import { contendersFor, fragmentationTable, measure } from '../../../conformance/demo/fragmentation.ts';
import { describe, expect, test } from 'vitest';
import { fragmentationPlot } from '../../../conformance/demo/plot.ts';
import type { Contender } from '../../../conformance/demo/contenders.ts';
import type { Measured } from '../../../conformance/demo/fragmentation.ts';

const PAGES = 4096;
const measured = (seed: number, contenders: readonly Contender[] = contendersFor(PAGES)): Measured =>
  measure({ seed, pages: PAGES, moments: 60 }, contenders);

const BOTH = measured(3);
const sharesOf = (name: string): readonly number[] => BOTH.failures.find((one) => one.name === name)?.shares ?? [];

test('a seed fixes every number, and another has others', () => {
  expect(measured(3)).toEqual(BOTH);
  expect(measured(4).failures).not.toEqual(BOTH.failures);
});

test('a page that is free is granted; large blocks fail though more pages than they have are free', () => {
  for (const { shares } of BOTH.failures) expect(shares[0]).toBe(0);
  for (const { free, name, shares } of BOTH.failures) {
    expect(free * PAGES, name).toBeGreaterThan(2 ** (ORDERS - 1));
    expect(shares[ORDERS - 1], name).toBeGreaterThan(0.1);
  }
});

test('the buddy systems of 2.4 and 2.6 fail alike: each is the other seen in a mirror', () => {
  expect(sharesOf('buddy 2.4')).toEqual(sharesOf('buddy 2.6'));
});

/** A contender that notes each answer. */
function noted(contender: Contender, answers: (readonly [of: number, head: number | undefined])[]): Contender {
  return {
    ...contender,
    take: (of, lifetime) => {
      const head = contender.take(of, lifetime);
      answers.push([of, head]);
      return head;
    },
  };
}

test.each([
  ['first fit', firstFit],
  ['2.4', (pages: number) => buddySystem('2.4', pages)],
  ['2.6', (pages: number) => buddySystem('2.6', pages)],
  ['grouped', grouped],
])('%s: no page is granted twice, and where a block fails a larger one does', (_, contenderOf) => {
  const held = new Set<number>();
  const answers: (readonly [of: number, head: number | undefined])[] = [];
  const real = noted(contenderOf(PAGES), answers);
  const watched: Contender = {
    ...real,
    take: (of, lifetime) => {
      const head = real.take(of, lifetime);
      for (let page = head ?? 0; head !== undefined && page < head + 2 ** of; page++) {
        expect(page >= 0 && page < PAGES && !held.has(page), `page ${page}`).toBe(true);
        held.add(page);
      }
      return head;
    },
    give: (head, of) => {
      for (let page = head; page < head + 2 ** of; page++) held.delete(page);
      real.give(head, of);
    },
  };
  measured(5, [watched]);
  // a moment asks for each order in turn: after one that failed no larger one is granted
  let failures = 0;
  for (const [at, [of, head]] of answers.entries()) {
    const [before, none] = answers[at - 1] ?? [-1, 0];
    if (none !== undefined || before !== of - 1) continue;
    failures++;
    expect(head, `order ${of} after order ${before} failed`).toBeUndefined();
  }
  expect(failures).toBeGreaterThan(0);
});

describe('alignment', () => {
  /** Returns what is granted for two pages where only pages 1 and 2 are free. */
  function betweenTwo(contender: Contender): number | undefined {
    const heads = Array.from({ length: PAGES }, () => contender.take(0, 'short'));
    expect(heads.toSorted((one = 0, other = 0) => one - other)).toEqual(Array.from({ length: PAGES }, (_, n) => n));
    for (const page of [1, 2]) contender.give(page, 0);
    return contender.take(1, 'short');
  }

  test('FIT-1 · first fit grants two pages wherever they are', () => {
    expect(betweenTwo(firstFit(PAGES))).toBe(1);
  });

  test.each(['2.4', '2.6'] as const)('TAKE-2 · the buddy system of %s does not: they are no buddies', (kernel) => {
    expect(betweenTwo(buddySystem(kernel, PAGES))).toBeUndefined();
  });
});

test('grouped: what lives long is kept apart from what does not, as long as there is room', () => {
  const contender = grouped(PAGES);
  const groupOf = (head: number | undefined): number => Math.floor((head ?? -1) / 512);
  const [short, long] = [contender.take(0, 'short'), contender.take(0, 'long')];
  expect(groupOf(short)).not.toBe(groupOf(long));
  expect(groupOf(contender.take(3, 'short'))).toBe(groupOf(short));
  expect(groupOf(contender.take(3, 'long'))).toBe(groupOf(long));
  // with nothing of its own left, it takes what the others have
  for (let n = 0; n < PAGES - 18; n++) expect(contender.take(0, 'short')).toBeDefined();
  expect(contender.take(0, 'short')).toBeUndefined();
});

test('the table and the picture have every share', () => {
  const [table, plot] = [fragmentationTable(BOTH), fragmentationPlot(BOTH)];
  for (const { name, shares } of BOTH.failures) {
    for (const [of, share] of shares.entries()) {
      const text = `${(100 * share).toFixed(1)} %`;
      expect(table.split('\n').find((line) => line.startsWith(String(of).padStart(9)))).toContain(text);
      expect(plot).toContain(`${name}, order ${of}: ${text}`);
    }
  }
});
