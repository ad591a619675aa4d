/** Evidence by the compiler: a mutant that does not compile is no program. */
import ts from 'typescript';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Errors of these ranges are about types; those about what is unused or never reached excuse nothing. */
const TYPE_ERRORS = [
  [2000, 2999],
  [18_046, 18_049], // of type unknown, possibly null, undefined, or either
] as const;

const isOfTypes = (code: number): boolean => TYPE_ERRORS.some(([least, most]) => code >= least && code <= most);

function optionsOf(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(`${ROOT}tsconfig.json`, (path) => ts.sys.readFile(path)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  return { ...options, composite: false, declaration: false, isolatedDeclarations: false, noEmit: true };
}

/** Compiles one file of the project, with any text in its place; what it imports is read once. */
export class Compiler {
  readonly #options: ts.CompilerOptions = optionsOf();
  readonly #known = new Map<string, ts.SourceFile | undefined>();
  #before: ts.Program | undefined;

  /** Returns the first error about types that the compiler finds in a file with this text; undefined if there is none. */
  errorOf(file: string, text: string): string | undefined {
    const path = ROOT + file;
    const host = ts.createCompilerHost(this.#options, true);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (name, version, ...more) => {
      if (name === path) return ts.createSourceFile(name, text, version, true);
      if (!this.#known.has(name)) this.#known.set(name, read(name, version, ...more));
      return this.#known.get(name);
    };
    const program = ts.createProgram([path], this.#options, host, this.#before);
    this.#before = program;
    const source = program.getSourceFile(path);
    const found = program.getSemanticDiagnostics(source).find(({ code }) => isOfTypes(code));
    return found === undefined
      ? undefined
      : `TS${found.code}: ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`;
  }
}
