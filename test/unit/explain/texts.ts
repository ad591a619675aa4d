/** Texts that kernels printed, and what is read of them. */
import { explain } from '../../../conformance/explain/explain.ts';
import { readFileSync } from 'node:fs';
import { readPasted } from '../../../conformance/explain/read.ts';
import type { Asked, Explained } from '../../../conformance/explain/explain.ts';

/** The text of a file beside this one. */
export const textOf = (name: string): string => readFileSync(new URL(`texts/${name}.txt`, import.meta.url), 'utf8');

/** The explanation of a text; throws if there is none. */
export function explained(text: string, asked: Asked = {}, nth?: number): Explained {
  const found = explain(readPasted(text), asked, nth);
  if (found === undefined) throw new Error(`nothing to explain in: ${text.slice(0, 200)}`);
  return found;
}
