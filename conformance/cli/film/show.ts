/** Shows a case: step by step in text, as a film, as a picture of its last state; as far as that was asked for. */
import { complain } from '../terminal/say.ts';
import { show } from '../../show.ts';
import { shootScene } from './scene.ts';
import { stepLines } from './steps.ts';
import { stills } from './built.ts';
import { writePage, writeText } from './page.ts';
import type { Scene } from './scene.ts';

/** What a scene is shown as: steps in text, and files. */
interface Shown {
  readonly steps?: boolean;
  readonly html?: string;
  readonly svg?: string;
}

/** Shows a scene. The verdict stands, whatever becomes of a file. */
export async function showScene(scene: Scene, { html, steps = false, svg }: Shown): Promise<void> {
  if (!steps && html === undefined && svg === undefined) return;
  const film = await shootScene(scene);
  if (film === undefined) {
    const files = [html, svg].flatMap((file) => (file === undefined ? [] : [show(file)])).join(', ');
    return complain(`nothing was found, and nothing written to ${files}`);
  }
  if (steps) process.stdout.write(`\n${stepLines(film).join('\n')}\n`);
  if (html !== undefined) writePage(html, film);
  if (svg === undefined) return;
  const { svg: drawn } = stills();
  writeText(svg, () => drawn(film, film.steps.length));
}
