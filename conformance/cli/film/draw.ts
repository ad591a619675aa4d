/** The command `draw`: one state of a case, in text and as a picture. */
import { targetOf } from '../output.ts';
import { USAGE, complain, refuseFile } from '../terminal/say.ts';
import { carryOut } from '../replay.ts';
import { exitStatus } from '../../judge/verdict.ts';
import { framesAcross } from '../../judge/report/look.ts';
import { lookOf } from '../terminal/look.ts';
import { report } from '../../judge/report/report.ts';
import { shootScene } from './scene.ts';
import { stills } from './built.ts';
import { writeText } from './page.ts';
import type { DrawFlags } from '../options.ts';
import type { Film } from '../../../protocol/index.ts';

/** Returns which of the steps of a film comes right before the state that was asked for; or why there is none. */
function stepOf({ skipped, steps }: Film, asked: number | undefined): number | string {
  const last = skipped + steps.length;
  if (asked === undefined) return steps.length;
  if (asked > last) return `--step ${asked}: the case ends after operation ${last}`;
  return asked < skipped
    ? `--step ${asked}: of so long a case the states from ${skipped} to ${last} are known`
    : asked - skipped;
}

/** Draws the state of a case after `--step` of its operations, or after all of them; gives the exit status. */
export async function draw(file: string, command: readonly string[], flags: DrawFlags): Promise<number> {
  const refused = flags.svg === undefined ? undefined : refuseFile(flags.svg);
  if (refused !== undefined) complain(refused);
  const scene = refused === undefined ? await carryOut(file, command, flags) : undefined;
  if (scene === undefined) return USAGE;
  const look = lookOf(process.stdout);
  const { judgement } = scene;
  const film = judgement.kinds.some(({ failure }) => failure !== undefined) ? undefined : await shootScene(scene);
  if (film === undefined) {
    process.stdout.write(`${report(judgement, targetOf(command, flags), look)}\n`);
    return exitStatus(judgement.verdict);
  }
  const step = stepOf(film, flags.step);
  if (typeof step === 'string') {
    complain(step);
    return USAGE;
  }
  const still = stills();
  process.stdout.write(`${still.text(film, step, framesAcross(look.columns))}\n`);
  if (flags.svg !== undefined) writeText(flags.svg, () => still.svg(film, step));
  return 0;
}
