/** One of those who share a search: carries out the cases of its lanes, and tells what came of them. */
import { Budget } from '../budget.ts';
import { Lanes } from './lanes.ts';
import { Runner } from '../runner.ts';
import { carriedOf } from './crew.ts';
import { search } from './search.ts';
import { sweepOf, termsOf } from '../terms.ts';
import type { AnyKind } from '../kind.ts';
import type { Carried, Task, Told } from './crew.ts';
import type { Start } from '../subject.ts';

/** Cases that are told together, or as many as there are after so many ms. */
const [TOGETHER, EVERY] = [32, 100];

/** What a hand heeds, and whom it tells. */
export interface Ears {
  readonly stop: AbortSignal;
  /** The last case that is wanted, by now. */
  readonly until: () => number;
  readonly tell: (told: Told) => void;
}

/** Tells of cases, several at a time. */
class Teller {
  readonly #tell: Ears['tell'];
  #cases: Carried[] = [];
  #last = performance.now();

  constructor(tell: Ears['tell']) {
    this.#tell = tell;
  }

  take(one: Carried): void {
    this.#cases.push(one);
    if (this.#cases.length >= TOGETHER || performance.now() - this.#last > EVERY) this.flush();
  }

  flush(): void {
    if (this.#cases.length > 0) this.#tell({ kind: 'carried', cases: this.#cases });
    this.#cases = [];
    this.#last = performance.now();
  }
}

/** Carries out a part of a search of one kind, after what was carried out elsewhere. */
export async function carryOut(kind: AnyKind, start: Start, task: Task, ears: Ears): Promise<void> {
  const { from, options, seconds, share, unsupported } = task;
  const { stop, tell, until } = ears;
  const runner = await Runner.start(kind, start, termsOf(options), stop);
  if (!(runner instanceof Runner)) return tell({ kind: 'over', flaky: 0, failure: runner });
  const source = kind.source(sweepOf(runner.hello, runner.claims, options));
  const lanes = new Lanes(options.cases, share);
  const refused = new Set(unsupported);
  for (let n = lanes.next(from); n !== undefined; n = lanes.next(from)) {
    lanes.tell(n, !refused.has(n));
    source.learn(n, !refused.has(n));
  }
  const teller = new Teller(tell);
  const { at, finding, flaky, reproduced } = await search(runner, source, {
    lanes,
    until,
    budget: new Budget(seconds, stop),
    reproduction: (spent) => new Budget(options.after / 2 - spent, stop),
    progress: () => undefined,
    carried: (n, coverage) => teller.take(carriedOf(n, coverage)),
  });
  const ended = await runner.close();
  teller.flush();
  if (finding !== undefined && at !== undefined) {
    const { before, case: of, what } = finding;
    tell({ kind: 'found', found: { at, reproduced, finding: { what, case: of, before } } });
  }
  const failure = finding === undefined && !stop.aborted ? ended : undefined;
  tell({ kind: 'over', flaky, ...(failure === undefined ? {} : { failure }) });
}
