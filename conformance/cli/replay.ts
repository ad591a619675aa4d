/** The command `replay`: carries out a saved case, operation by operation. */
import { show } from '../show.ts';
import { readFileSync } from 'node:fs';
import { KINDS } from '../kinds/all.ts';
import { USAGE, complain, print, reasonOf, refuseFile } from './output.ts';
import { isSubject } from '../judge/subject.ts';
import { onInterrupt } from './interrupt.ts';
import { readCase } from '../judge/file.ts';
import { replayKind, together } from '../judge/judge.ts';
import { refuseCommon } from './usage.ts';
import { startOf } from './check.ts';
import type { Hello, Start } from '../judge/subject.ts';
import type { ReadCase } from '../judge/file.ts';
import type { ReplayFlags } from './options.ts';

/** Reads a saved case out of a file; or says why there is none. */
function read(file: string): ReadCase | string {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    return `${show(file)} cannot be read: ${reasonOf(error)}`;
  }
  const of = readCase(KINDS, text);
  return 'why' in of ? `${file === '-' ? 'standard input' : show(file)} is no saved case: ${of.why}` : of;
}

/** What makes a replay of this case impossible as it was asked for. */
function refuse(command: readonly string[], flags: ReplayFlags, { kind }: ReadCase): string | undefined {
  if (command.length === 0 && flags.reference === '2.6' && kind.feature !== undefined) {
    return `--reference 2.6 has no ${kind.title}: that is 2.4's`;
  }
  const refused = refuseCommon(command, flags, [kind]);
  return refused ?? (flags.save === undefined ? undefined : refuseFile(flags.save));
}

/** Notes how the first subject introduces itself. */
function noting(start: Start): { readonly start: Start; readonly hello: () => Hello | undefined } {
  let hello: Hello | undefined;
  const noted: Start = async () => {
    const started = await start();
    if (isSubject(started)) hello ??= started.hello;
    return started;
  };
  return { start: noted, hello: () => hello };
}

/** Carries out a saved case, prints the verdict, and gives the exit status. */
export async function replay(file: string, command: readonly string[], flags: ReplayFlags): Promise<number> {
  const of = read(file);
  const refused = typeof of === 'string' ? of : refuse(command, flags, of);
  if (typeof of === 'string' || refused !== undefined) {
    complain(refused ?? '');
    return USAGE;
  }
  const { hello, start } = noting(startOf(command, flags));
  const judged = await replayKind(of.kind, start, of, { ...flags, stop: onInterrupt() });
  return print(together(hello(), 0, [judged]), command, flags);
}
