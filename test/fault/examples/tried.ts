/** The mutants of the examples that a new user gets: what became of them, by language, and the page that says so. */
import { create } from '../../../conformance/cli/write/new.ts';
import { changeOf, countsOf } from '../../../conformance/audit/mutants/report.ts';
import { placedIn, tryMutants } from '../../../conformance/audit/mutants/run.ts';
import { PERMITTED } from './permitted.ts';
import { join } from 'node:path';
import type { Counts } from '../../../conformance/audit/mutants/report.ts';
import type { Language } from '../../../conformance/cli/write/languages.ts';
import type { Permitted } from './permitted.ts';
import type { Placed } from '../../../conformance/audit/mutants/run.ts';

/** What became of the mutants of one language's example. */
export interface Example {
  readonly language: string;
  readonly counts: Counts;
  /** Mutants that could not be tried. */
  readonly left: number;
  /** Survivors, with the reason why they may, or without. */
  readonly survivors: readonly { readonly what: string; readonly reason: string | undefined }[];
}

/** Returns the line that a mutant begins in, without the spaces around it. */
function lineOf({ line, text }: Placed): string {
  return (text.split('\n')[line - 1] ?? '').trim();
}

/** Reports whether an entry of the list is about a mutant; the comment at the end of a line is not part of it. */
export const isAbout = ({ from, language, line, to }: Permitted, mutant: Placed, of: string): boolean =>
  language === of &&
  lineOf(mutant).startsWith(line) &&
  mutant.text.slice(mutant.from, mutant.end) === from &&
  mutant.to === to;

/** Builds and judges every mutant of the example that `new` writes into a folder of its own below `folder`. */
export async function tryExample(
  language: Language,
  folder: string,
  how: { readonly seconds: number; readonly jobs: number },
): Promise<Example> {
  const into = join(folder, language.folder);
  if (create(language.name, into) !== 0) throw new Error(`${into} was not written`);
  const mutants = placedIn(into, [language.example[0]]);
  const stop = new AbortController().signal;
  const asked = { seed: 1, seconds: how.seconds, frames: 8, stop };
  const plan = { ...asked, build: language.build, command: language.start.split(' ') };
  const tried = await tryMutants(into, mutants, plan, { jobs: how.jobs, told: () => undefined });
  if ('unfit' in tried) throw new Error(tried.unfit);
  const survivors = tried.flatMap(({ fate, mutant }) => {
    if (fate.kind !== 'survived') return [];
    const reason = PERMITTED.find((one) => isAbout(one, mutant, language.name))?.reason;
    return [{ what: `\`${lineOf(mutant)}\`: ${changeOf(mutant)}`, reason }];
  });
  return { language: language.name, counts: countsOf(tried), left: mutants.length - tried.length, survivors };
}

/** Returns the page; undefined unless every mutant of every language was tried. */
export function pageOf(examples: readonly Example[], languages: number): string | undefined {
  if (examples.length < languages || examples.some(({ left }) => left > 0)) return undefined;
  const rows = examples.map(({ counts, language, survivors }) => {
    const permitted = survivors.filter(({ reason }) => reason !== undefined).length;
    const cells = [counts.refuted, counts['not built'], counts.alike, permitted, counts.survived - permitted];
    return `| ${[language, ...cells].join(' | ')} |`;
  });
  const listed = examples.flatMap(({ language, survivors }) =>
    survivors.map(({ reason, what }) => `- ${language}, ${what}. ${reason ?? '**Not explained.**'}`),
  );
  return [
    '# Mutants of the examples',
    '',
    'Every small change of the allocator that `new` writes, built and judged by a default run. `npm run examples` writes this page.',
    '',
    '| language | refuted | not built | alike | permitted | not explained |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    ...listed,
    '',
  ].join('\n');
}
