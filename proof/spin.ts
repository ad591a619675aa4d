/** Runs models in SPIN, which goes through all their states by itself. */
import { copyFileSync } from 'node:fs';
import { inFolder, runWell } from './tool.ts';

/** What SPIN counted. */
export interface Spun {
  readonly stored: number;
  readonly matched: number;
  readonly errors: number;
  /** The number of steps that lead to the error that was found first; NaN if there is none. */
  readonly stepsToError: number;
  /** The sum that the model prints itself; NaN if it prints none. */
  readonly sum: number;
  readonly seconds: number;
}

/** How a model is gone through. */
export interface SpinOptions {
  /** What is defined for the preprocessor: `CALLS=2`. */
  readonly defines?: readonly string[];
  /** Set if states are met in the order of the number of steps that lead to them, up to the first error. */
  readonly byLength?: boolean;
}

const number = (text: string, form: RegExp): number => Number(form.exec(text)?.[1] ?? NaN);

/** Has SPIN go through all states of a model, none left out; needs spin and a C compiler. */
export function spin(model: string, { defines = [], byLength = false }: SpinOptions = {}): Spun {
  return inFolder((folder) => {
    copyFileSync(model, `${folder}/model.pml`);
    runWell('spin', [...defines.map((one) => `-D${one}`), '-a', 'model.pml'], folder);
    const search = byLength ? ['-DBFS'] : [];
    runWell('cc', ['-O2', '-DSAFETY', '-DNOREDUCE', ...search, '-w', '-o', 'pan', 'pan.c'], folder);
    const from = performance.now();
    const said = runWell('./pan', byLength ? [] : ['-m1000000', '-w22'], folder);
    return {
      stored: number(said, /(\d+) states, stored/u),
      matched: number(said, /(\d+) states, matched/u),
      errors: number(said, /errors: (\d+)/u),
      stepsToError: 1 + number(said, /\(at depth (\d+)\)/u),
      sum: number(said, /sum of all words: (\d+)/u),
      seconds: (performance.now() - from) / 1000,
    };
  });
}
