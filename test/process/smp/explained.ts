/** Holds a history of one zone to the specification: an order of its calls, and the zone that it leads to. */

import { Comparison } from '../../../conformance/kinds/buddy/compare/zone.ts';
import { expect } from 'vitest';
import { linearize, linuxOne, smallestRefuted } from '../../../spec/index.ts';
import type { History, Observation } from '../../../protocol/index.ts';
import type { Placed } from '../../../spec/index.ts';

/** Returns the state that an order of the calls leads to, and that the zone is in. */
export function explained(start: Placed, history: History, seen: Observation): Placed {
  const found = linearize(linuxOne, start, history);
  if (found.kind === 'refuted') {
    const smallest = smallestRefuted(new Set(['complete', 'best-fit']), start.state, history);
    return expect.fail(`${found.counterexample.facts.join(', but ')}\n${JSON.stringify(smallest)}`);
  }
  const differences = found.states.map((state) => new Comparison().compare(state, seen));
  const at = differences.indexOf(undefined);
  return found.states[at] ?? expect.fail(`the zone is as no order leaves it: ${JSON.stringify(differences)}`);
}
