/** Texts that kernels printed, and what is read of them. */
import { Cleaner } from '../../../conformance/explain/clean.ts';
import { TextLines } from '../../../conformance/explain/lines.ts';
import { explain } from '../../../conformance/explain/explain.ts';
import { readFileSync } from 'node:fs';
import { readText } from '../../../conformance/explain/read.ts';
import type { Asked, Explained } from '../../../conformance/explain/explain.ts';
import type { Read } from '../../../conformance/explain/read.ts';

/** The text of a file beside this one. */
export const textOf = (name: string): string => readFileSync(new URL(`texts/${name}.txt`, import.meta.url), 'utf8');

/** What is read of a text, as the command reads it. */
export function reading(text: string): Read {
  const cleaner = new Cleaner();
  const lines = new TextLines((line) => cleaner.take(line));
  lines.push(new TextEncoder().encode(text));
  lines.end();
  return readText(cleaner.cleaned());
}

/** The explanation of a text; throws if there is none. */
export function explained(text: string, asked: Asked = {}, nth?: number): Explained {
  const found = explain(reading(text), asked, nth);
  if (found === undefined) throw new Error(`nothing to explain in: ${text.slice(0, 200)}`);
  return found;
}
