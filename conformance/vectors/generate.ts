/** Makes the test vectors out of the specification: the same ones each time. */
import { Tally } from './tally.ts';
import { bootPlans } from './boot/plans.ts';
import { buddyPlans } from './buddy/plans.ts';
import { machinePlans } from './machine/plans.ts';
import { permitsOf } from './permits.ts';
import type { Last, Plan, Refuting, Situation } from './plan.ts';
import type { Vector } from './form.ts';

/** After this many situations in a row that added nothing, the rest of a group is not gone through. */
const MOST_IN_VAIN = 20;

/** Returns the vectors of one situation and one last operation, of which there are not enough yet. */
function vectorsAt<W, O>(
  plan: Plan<W, O>,
  situation: Situation<W, O>,
  end: Last<W, O>,
  tally: Tally<W, O>,
): readonly Vector[] {
  const wanted = tally.chosen(end, plan.wrongs(situation, end));
  if (wanted.length === 0) return [];
  const script = [...situation.script, end.last];
  const permits = permitsOf(plan, script);
  if (permits === undefined || !plan.isPlain(script, permits)) return [];
  const run = script.flatMap(plan.wordsOf).join(' ');
  const [after] = end.permitted;
  const vectorOf = ([clause, wrong]: Refuting): Vector => ({
    id: `${clause}/${plan.name}/${run.replaceAll(' ', ',')}`,
    clause,
    needs: plan.needs,
    ...plan.given(after?.world),
    run,
    permits,
    wrong,
  });
  return wanted.map(vectorOf);
}

/** Returns the vectors of a group of situations, the shortest first. */
function vectorsIn<W, O>(plan: Plan<W, O>, group: readonly Situation<W, O>[]): readonly Vector[] {
  const tally = new Tally(plan.enough);
  const all = new Map<string, Vector>();
  let inVain = 0;
  for (const situation of group) {
    const before = all.size;
    for (const last of plan.lastOf(situation)) {
      const end = { last, permitted: plan.nextOf(situation.world, last) };
      for (const vector of vectorsAt(plan, situation, end, tally)) {
        if (all.has(vector.id)) continue;
        tally.note(vector.clause, end);
        all.set(vector.id, vector);
      }
    }
    inVain = all.size > before ? 0 : inVain + 1;
    if (inVain > MOST_IN_VAIN) break;
  }
  return [...all.values()];
}

const vectorsOf = <W, O>(plan: Plan<W, O>): readonly Vector[] => plan.groups.flatMap((group) => vectorsIn(plan, group));

/** Returns every vector once, kind by kind, in the sequence of profiles and arenas. */
export function generateVectors(): readonly Vector[] {
  const all = [
    ...buddyPlans().flatMap(vectorsOf),
    ...bootPlans().flatMap(vectorsOf),
    ...machinePlans().flatMap(vectorsOf),
  ];
  return [...new Map(all.map((vector) => [vector.id, vector])).values()];
}
