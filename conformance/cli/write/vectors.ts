/** The command `vectors`: writes test vectors, and runners to begin with. */
import { USAGE, complain, reasonOf } from '../terminal/say.ts';
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { fileOf, schema } from '../../vectors/form.ts';
import { generateVectors } from '../../vectors/generate.ts';
import { join } from 'node:path';
import { packageFolder } from './languages.ts';
import { show } from '../../show.ts';
import { textOf } from '../../vectors/text.ts';
import type { Vector } from '../../vectors/form.ts';

/** What runs vectors, from `examples/vectors`. */
const RUNNERS = ['README.md', 'run.c', 'run.py'];

/** Writes the vectors into a folder that is not there or empty; gives the exit status. */
export function writeVectors(into: string): number {
  try {
    if (existsSync(into) && readdirSync(into).length > 0) {
      complain(`${show(into)} is not empty`);
      return USAGE;
    }
    mkdirSync(into, { recursive: true });
    const vectors = generateVectors();
    const write = (name: string, text: string): void => writeFileSync(join(into, name), text);
    write('vectors.json', `${JSON.stringify(fileOf(vectors))}\n`);
    write('vectors.txt', textOf(vectors));
    write('vectors.schema.json', `${JSON.stringify(schema(), undefined, 2)}\n`);
    for (const name of RUNNERS) copyFileSync(join(packageFolder(), 'examples/vectors', name), join(into, name));
    const clauses = new Set(vectors.map(({ clause }) => clause));
    const of = (kind: Vector['kind']): number => vectors.filter((vector) => vector.kind === kind).length;
    process.stdout.write(
      `${show(into)} has ${vectors.length} vectors of ${clauses.size} clauses, ${of('boot')} of boot memory and ${of('machine')} of machines; its README.md says how to run them\n`,
    );
    return 0;
  } catch (error) {
    complain(`${show(into)} cannot be written: ${reasonOf(error)}`);
    return USAGE;
  }
}
