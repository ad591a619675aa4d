/** What an audit came to as a page tells it, in words. */
import { counted, grouped, show } from '../../show.ts';
import { verdictOf } from './audit.ts';
import type { AuditChapter, AuditStory } from '../../../protocol/index.ts';
import type { Audit, Held } from './audit.ts';

/** Returns what became of an invariant, in a word for the style and in words for the reader. */
export function stateOf({ idle, refuted }: Held, looks: number): readonly [state: AuditChapter['state'], text: string] {
  if (refuted !== undefined) return ['refuted', 'refuted'];
  return idle === undefined ? ['held', `held ${grouped(looks)} times`] : ['idle', idle];
}

function chapterOf(held: Held, looks: number): AuditChapter {
  const { clause, fails, refuted, statement } = held;
  const [state, text] = stateOf(held, looks);
  const told = refuted ?? fails?.counterexample;
  const lead = refuted !== undefined ? '' : `It can fail. If ${fails?.how ?? ''}: `;
  const facts = told === undefined ? [] : [`${lead}${show(told.place)}: ${told.facts.map(show).join('; but ')}.`];
  return { state, title: `${clause}: ${text}`, words: [statement, ...facts] };
}

/** Returns the story of an audit. `made`: the date. */
export function storyOf(audit: Audit, made: string): AuditStory {
  const { held, judgement, looks, parts, states } = audit;
  const cases = judgement.kinds.reduce((sum, kind) => sum + kind.cases, 0);
  const idle = held.filter((one) => one.idle !== undefined).length;
  return {
    title: `Audit of ${show(judgement.hello?.name ?? 'an allocator')}`,
    verdict: verdictOf(audit),
    words: [
      `${held.length - idle} of ${held.length} invariants were held or refuted, in ${grouped(looks)} looks at ${grouped(states)} different states.`,
      `Shown: ${parts.join(', ') || 'nothing'}.`,
      `Judged in ${counted(cases, 'case')} from seed ${judgement.seed}, on ${made}.`,
    ],
    chapters: held.map((one) => chapterOf(one, looks)),
  };
}
