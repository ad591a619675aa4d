/** What an audit came to as a page: without a script, and with nothing to be loaded. */
import { counted, grouped, inMarkup, show } from '../../show.ts';
import { verdictOf } from './audit.ts';
import type { Audit, Held } from './audit.ts';

const STYLE = `:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
section { border-top: 1px solid; padding: 0.5rem 0; }
h2 { font-size: 1rem; margin: 0; }
p { margin: 0.25rem 0; }
.refuted h2::before { content: '✗ '; } .held h2::before { content: '✓ '; } .idle h2::before { content: '– '; }`;

/** Returns what became of an invariant, in a word for the style and in words for the reader. */
function stateOf({ idle, refuted }: Held, looks: number): readonly [name: string, text: string] {
  if (refuted !== undefined) return ['refuted', 'refuted'];
  return idle === undefined ? ['held', `held ${grouped(looks)} times`] : ['idle', idle];
}

function sectionOf(held: Held, looks: number): string {
  const { clause, fails, refuted, statement } = held;
  const [name, text] = stateOf(held, looks);
  const told = refuted ?? fails?.counterexample;
  const lead = refuted !== undefined ? '' : `It can fail. If ${fails?.how ?? ''}: `;
  const facts = told === undefined ? '' : `${lead}${show(told.place)}: ${told.facts.map(show).join('; but ')}.`;
  return `<section class="${name}"><h2>${inMarkup(clause)}: ${inMarkup(text)}</h2>
<p>${inMarkup(statement)}</p>${facts === '' ? '' : `\n<p>${inMarkup(facts)}</p>`}</section>`;
}

/** Returns the page. `made`: the date. */
export function pageOf(audit: Audit, made: string): string {
  const { held, judgement, looks, parts, states } = audit;
  const name = show(judgement.hello?.name ?? 'an allocator');
  const cases = counted(
    judgement.kinds.reduce((sum, kind) => sum + kind.cases, 0),
    'case',
  );
  const idle = held.filter((one) => one.idle !== undefined).length;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Audit of ${inMarkup(name)}</title><style>${STYLE}</style></head>
<body><main>
<h1>Audit of ${inMarkup(name)}</h1>
<p>Verdict: <strong>${inMarkup(verdictOf(audit))}</strong>. ${held.length - idle} of ${held.length} invariants were held or refuted, in
${grouped(looks)} looks at ${grouped(states)} different states. Shown: ${inMarkup(parts.join(', ') || 'nothing')}. Judged in ${cases} from seed ${judgement.seed}, on ${inMarkup(made)}.</p>
${held.map((one) => sectionOf(one, looks)).join('\n')}
</main></body></html>
`;
}
