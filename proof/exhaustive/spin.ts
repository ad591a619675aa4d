/** Runs the model in SPIN. */
import { copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inFolder, runWell } from '../tool.ts';

/** What SPIN counted. */
export interface Spun {
  readonly stored: number;
  readonly matched: number;
  readonly errors: number;
  readonly seconds: number;
}

/** The model of the project's folder, from `dist` and from the sources alike. */
export const MODEL: string = fileURLToPath(
  new URL('./spin/buddy.pml', new URL(import.meta.url.replace(/\/dist\//u, '/'))),
);

const number = (text: string, form: RegExp): number => Number(form.exec(text)?.[1] ?? NaN);

/** Has SPIN go through all states of a model; needs spin and a C compiler. */
export function spin(model: string = MODEL): Spun {
  return inFolder((folder) => {
    copyFileSync(model, `${folder}/buddy.pml`);
    runWell('spin', ['-a', 'buddy.pml'], folder);
    runWell('cc', ['-O2', '-DSAFETY', '-DNOREDUCE', '-w', '-o', 'pan', 'pan.c'], folder);
    const from = performance.now();
    const said = runWell('./pan', ['-m1000000', '-w22'], folder);
    return {
      stored: number(said, /(\d+) states, stored/u),
      matched: number(said, /(\d+) states, matched/u),
      errors: number(said, /errors: (\d+)/u),
      seconds: (performance.now() - from) / 1000,
    };
  });
}
