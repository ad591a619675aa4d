import ts from 'typescript';

/** The declarations of a source: what a mutant's place is called, however many lines come before it. */
const nameOf = (node) => node.name?.getText() ?? (ts.isConstructorDeclaration(node) ? 'constructor' : undefined);

/** The declarations of a statement of a module, each with its name; those inside others first. */
function declarationsOf(statement) {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map((node) => ({ name: nameOf(node), node: statement }));
  }
  if (!ts.isClassDeclaration(statement)) return [{ name: nameOf(statement), node: statement }];
  const members = statement.members.map((node) => ({ name: `${nameOf(statement)}.${nameOf(node)}`, node }));
  return [...members, { name: nameOf(statement), node: statement }];
}

/** Returns the declarations of a source: the name, the text, where it starts and ends, and the clauses that it cites. */
export function declarations(file, source) {
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.ES2023, true);
  return parsed.statements.flatMap(declarationsOf).map(({ name = 'the module itself', node }) => ({
    name,
    text: node.getText(),
    start: node.getStart(),
    end: node.end,
    clauses: [...node.getFullText().matchAll(/@clause ([A-Z]+-\d+)/gu)].map(([, clause]) => clause),
  }));
}

/** Returns a function that finds the declaration around a position of a source. */
export function declarationsIn(file, source) {
  const all = declarations(file, source);
  const whole = { name: 'the module itself', text: source, start: 0, end: source.length, clauses: [] };
  return (position) => all.find(({ start, end }) => start <= position && position < end) ?? whole;
}

/** Returns the position of a place in a text; lines and columns count from 1. */
export const positionOf = (source, { line, column }) =>
  source
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, row) => sum + row.length + 1, column - 1);
