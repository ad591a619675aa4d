/** The sources of the allocators as text, and one edit of them. */

import { readFileSync, readdirSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);

/** One edit: a text that its file contains exactly once, and the text to put in its place. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Returns the sources of the allocators, or of other layers, by their paths. */
export function sources(layers: readonly string[] = ['src', 'protocol']): ReadonlyMap<string, string> {
  const paths = layers.flatMap((folder) =>
    readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name}`),
  );
  return new Map(paths.map((path) => [path, readFileSync(new URL(path, ROOT), 'utf8')]));
}

/** Returns the sources with one edit. Throws if its text is not there, or more than once. */
export function withEdit(texts: ReadonlyMap<string, string>, { file, from, to }: Edit): ReadonlyMap<string, string> {
  const text = texts.get(file) ?? '';
  const times = text.split(from).length - 1;
  if (times !== 1) throw new Error(`${file} has this ${times} times, not once:\n${from}`);
  return new Map(texts).set(
    file,
    text.replace(from, () => to),
  );
}
