/** Reads files: the functions, classes, constants and imports of each. */

import { Node } from 'ts-morph';
import { Outside, placeOf } from './outside.ts';
import { Scope } from './scope.ts';
import { posix } from 'node:path';
import { readBlock } from './statement.ts';
import { readExpression } from './expression.ts';
import type { Block, ClassForm, Meaning, Method, Module, Objection, Parameter } from '../form.ts';
import type { ClassDeclaration, ImportDeclaration, ParameterDeclaration, SourceFile } from 'ts-morph';

function readParameter(node: ParameterDeclaration, scope: Scope): Parameter {
  const name = node.getNameNode();
  if (!Node.isIdentifier(name) || node.isRestParameter()) throw new Outside(node, 'write parameters with a name each');
  const value = node.getInitializer();
  const otherwise = value === undefined ? undefined : readExpression(value, scope);
  scope.declare(name.getText(), name);
  return { name: name.getText(), otherwise };
}

/** Returns the comment before a function, without tags. */
function commentOf(node: Node): string {
  const holder = Node.isArrowFunction(node) ? node.getFirstAncestor(Node.isVariableStatement) : node;
  const comments = Node.isJSDocable(holder) ? holder.getJsDocs() : [];
  return comments.map((comment) => comment.getDescription().trim().replaceAll(/\s+/gu, ' ')).join(' ');
}

/** Reads a function, a method or an arrow function of the module. */
function readMethod(name: string, module: string, node: Node): Method {
  const body = Node.isBodied(node) || Node.isBodyable(node) ? node.getBody() : undefined;
  if (!Node.isParametered(node) || body === undefined) throw new Outside(node, 'write a function that has a body');
  const scope = new Scope();
  const own = node.getParameters().filter((parameter) => parameter.getName() !== 'this');
  const parameters = own.map((parameter) => readParameter(parameter, scope));
  const value = (): Block => [{ kind: 'return', value: readExpression(body, scope), at: placeOf(body) }];
  const comment = commentOf(node);
  return { name, module, parameters, body: Node.isBlock(body) ? readBlock(body, scope) : value(), comment };
}

const spanOf = (node: Node): readonly [number, number] => [node.getStartLineNumber(), node.getEndLineNumber()];

/** Collects what can be read of a file, and objections to the rest. */
class Reading {
  readonly names = new Map<string, Meaning>();
  readonly outside: Objection[] = [];
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Reads one thing; what is outside the subset is kept as an objection. */
  #attempt<T>(within: string, node: Node, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Outside)) throw error;
      this.outside.push({ within, span: spanOf(node), at: error.at, instead: error.instead });
      return undefined;
    }
  }

  #keep(name: string, node: Node, read: () => Meaning): void {
    const meaning = this.#attempt(name, node, read);
    if (meaning !== undefined) this.names.set(name, meaning);
  }

  method(name: string, node: Node): void {
    this.#keep(name, node, () => ({ kind: 'method', method: readMethod(name, this.#path, node) }));
  }

  constant(name: string, node: Node): void {
    this.#keep(name, node, () => ({ kind: 'constant', module: this.#path, value: readExpression(node, new Scope()) }));
  }

  class(node: ClassDeclaration): void {
    const name = node.getNameOrThrow();
    const methods = new Map<string, Method>();
    for (const one of node.getMethods()) {
      const method = this.#attempt(`${name}.${one.getName()}`, one, () => readMethod(one.getName(), this.#path, one));
      if (method !== undefined) methods.set(method.name, method);
    }
    for (const one of [...node.getConstructors(), ...node.getGetAccessors(), ...node.getSetAccessors()]) {
      const what = Node.isConstructorDeclaration(one) ? 'constructor' : one.getName();
      const instead = 'objects are made before the form is carried out; write a method';
      this.outside.push({ within: `${name}.${what}`, span: spanOf(one), at: placeOf(one), instead });
    }
    const base = node.getExtends()?.getExpression().getText();
    const form: ClassForm = { name, module: this.#path, base, methods };
    this.names.set(name, { kind: 'class', form });
  }

  import(node: ImportDeclaration): void {
    if (node.isTypeOnly()) return;
    const module = posix.join(posix.dirname(this.#path), node.getModuleSpecifierValue());
    for (const one of node.getNamedImports()) {
      this.names.set(one.getAliasNode()?.getText() ?? one.getName(), { kind: 'import', module, name: one.getName() });
    }
  }
}

/** Reads a file. What lies outside the subset is in `outside`, and has no meaning. */
export function readModule(path: string, file: SourceFile): Module {
  const reading = new Reading(path);
  for (const node of file.getStatements()) {
    if (Node.isImportDeclaration(node)) reading.import(node);
    if (Node.isFunctionDeclaration(node)) reading.method(node.getNameOrThrow(), node);
    if (Node.isClassDeclaration(node)) reading.class(node);
    if (!Node.isVariableStatement(node)) continue;
    for (const variable of node.getDeclarations()) {
      const value = variable.getInitializerOrThrow();
      if (Node.isArrowFunction(value)) reading.method(variable.getName(), value);
      else reading.constant(variable.getName(), value);
    }
  }
  return { path, names: reading.names, outside: reading.outside };
}
