/** Has the loops of the sources tell their measures: each is evaluated where the body of a turn begins. */
import ts from 'typescript';
import { MEASURES } from '../audit/code/loops/measures.ts';
import type { Measure } from '../audit/code/loops/measures.ts';

/** A text to put in at a place. */
interface Put {
  readonly at: number;
  readonly text: string;
}

type Loop = ts.ForStatement | ts.WhileStatement;

/** Returns what is to be put into a loop: a counter before it, and its measure at the start of the body. */
function putsFor(file: ts.SourceFile, loop: Loop, measures: readonly Measure[]): readonly Put[] {
  const [start, body] = [loop.getStart(file), loop.statement.getStart(file)];
  const head = file.text.slice(start, body).replace(/\s+/gu, ' ').trim();
  return measures
    .filter((one) => one.loop === head)
    .flatMap(({ measure }) => {
      const turn = `turn${start}`;
      const name = JSON.stringify(nameOf({ file: file.fileName, loop: head }));
      return [
        { at: start, text: `const ${turn} = measured(${name});\n` },
        { at: body, text: `{ ${turn}(${measure}); ` },
        { at: loop.statement.getEnd(), text: ' }' },
      ];
    });
}

/** Returns the name by which a loop tells. */
export const nameOf = ({ file, loop }: Pick<Measure, 'file' | 'loop'>): string => `${file}: ${loop}`;

/** Returns a source whose loops tell. */
export function measured(path: string, text: string, all: readonly Measure[] = MEASURES): string {
  const measures = all.filter(({ file }) => file === path);
  if (measures.length === 0) return text;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const puts: Put[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isForStatement(node) || ts.isWhileStatement(node)) puts.push(...putsFor(file, node, measures));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return puts
    .toSorted((one, other) => other.at - one.at)
    .reduce((made, { at, text: put }) => made.slice(0, at) + put + made.slice(at), text);
}
