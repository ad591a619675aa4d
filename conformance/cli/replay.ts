/** The command `replay`: carries out a saved case, operation by operation. */
import { show } from '../show.ts';
import { closeSync, openSync, readSync } from 'node:fs';
import { KINDS } from '../kinds/all.ts';
import { print, refuseFiles } from './output.ts';
import { USAGE, complain, reasonOf } from './terminal/say.ts';
import { excessOf } from '../wire/bounds.ts';
import { isSubject } from '../judge/subject.ts';
import { onInterrupt } from './interrupt.ts';
import { readCase } from '../judge/file.ts';
import { replayKind, together } from '../judge/judge.ts';
import { refuseCommon } from './usage.ts';
import { showScene } from './film/show.ts';
import { startOf } from './jobs/start.ts';
import { writeFormats } from './formats.ts';
import type { Hello, Start } from '../judge/subject.ts';
import type { ReadCase } from '../judge/file.ts';
import type { ReplayFlags, TargetFlags } from './options.ts';
import type { ReplayOptions } from '../judge/options.ts';
import type { Scene } from './film/scene.ts';

/** The longest file that is read, in bytes: a case of a million operations, or the records of a run. */
const MOST_BYTES = 4 * 2 ** 20;

/** Reads a file up to the most that is read, and one byte more; throws what the system says. */
function readSome(file: number): Buffer {
  const bytes = Buffer.alloc(MOST_BYTES + 1);
  let length = 0;
  while (length < bytes.length) {
    const read = readSync(file, bytes, length, bytes.length - length, null);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}

/** Reads a file, or standard input; throws what the system says. */
function readFile(file: string): Buffer {
  if (file === '-') return readSome(0);
  const opened = openSync(file, 'r');
  try {
    return readSome(opened);
  } finally {
    closeSync(opened);
  }
}

/** Reads a saved case out of a file; or says why there is none. */
function read(file: string): ReadCase | string {
  const name = file === '-' ? 'standard input' : show(file);
  try {
    const bytes = readFile(file);
    if (bytes.length > MOST_BYTES) return `${name} is no saved case: it has more than ${MOST_BYTES} bytes`;
    const text = bytes.toString('utf8');
    const excess = excessOf(text);
    if (excess !== undefined) return `${name} is no saved case: ${excess}`;
    const of = readCase(KINDS, text);
    return 'why' in of ? `${name} is no saved case: ${of.why}` : of;
  } catch (error) {
    return `${name} cannot be read: ${reasonOf(error)}`;
  }
}

/** What makes a replay of this case impossible as it was asked for. */
function refuse(command: readonly string[], flags: TargetFlags, { kind }: ReadCase): string | undefined {
  if (command.length === 0 && flags.reference === '2.6' && kind.feature !== undefined) {
    return `--reference 2.6 has no ${kind.title}: that is 2.4's`;
  }
  return refuseCommon(command, flags, [kind]);
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

/** Carries out a saved case; complains and returns undefined if there is none, or if it cannot be meant so. */
export async function carryOut(
  file: string,
  command: readonly string[],
  flags: TargetFlags & Pick<ReplayOptions, 'shrink'>,
): Promise<Scene | undefined> {
  const of = read(file);
  const refused = typeof of === 'string' ? of : refuse(command, flags, of);
  if (typeof of === 'string' || refused !== undefined) {
    complain(refused ?? '');
    return undefined;
  }
  const { hello, start } = noting(startOf(command, flags));
  const judged = await replayKind(of.kind, start, of, { ...flags, stop: onInterrupt() });
  return { judgement: together(hello(), 0, [judged]), start, command, flags, otherwise: of };
}

/** Steps are shown unasked of a case of at most so many operations, if every one of them was answered and chance decides nothing. */
const SHORT = 16;

function isShort({ judgement, otherwise: of }: Scene): boolean {
  if (of === undefined || of.before.length > 0 || of.kind.tries !== undefined) return false;
  const isAnswered = judgement.verdict === 'conforms' || judgement.verdict === 'diverges';
  return isAnswered && of.kind.length(of.case) <= SHORT;
}

/** Carries out a saved case, prints the verdict, and gives the exit status. */
export async function replay(file: string, command: readonly string[], flags: ReplayFlags): Promise<number> {
  const refused = flags.steps === true && flags.json ? '--steps is text, and --json is none' : refuseFiles(flags);
  if (refused !== undefined) {
    complain(refused);
    return USAGE;
  }
  const scene = await carryOut(file, command, flags);
  if (scene === undefined) return USAGE;
  const { judgement } = scene;
  const status = print(judgement, command, flags);
  writeFormats(judgement, command, flags);
  await showScene(scene, { ...flags, steps: flags.steps ?? (!flags.json && isShort(scene)) });
  return status;
}
