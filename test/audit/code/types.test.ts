/** The audits of types, and tests that see them fail. */

import { auditBrands, auditErased, auditTypedArrays } from './types.ts';
import { expect, test } from 'vitest';
import { tell } from '../rules.ts';
import { memoryTree, theTree } from '../tree.ts';

test('protocol compiles to nothing', () => {
  expect(auditErased(theTree()).map(tell('auditErased'))).toEqual([]);
});

test('only unit.ts gives a number its unit', () => {
  expect(auditBrands(theTree()).map(tell('auditBrands'))).toEqual([]);
});

test('typed arrays are indexed in list-head, bitmap, free-area and mem-map only', () => {
  expect(auditTypedArrays(theTree()).map(tell('auditTypedArrays'))).toEqual([]);
});

test.each([`export const a = 1;`, `import './b.ts';`, `import { B } from './b.ts'; export {};`, `export enum E { A }`])(
  'a protocol file that leaves something at run time is found: %s',
  (text) => {
    expect(auditErased(memoryTree({ 'protocol/a.ts': text }))).toHaveLength(1);
  },
);

test('a protocol file of types alone is not found', () => {
  const text = `/** Nothing. */\nimport type { B } from './b.ts';\nexport interface A { readonly b: B }`;
  expect(auditErased(memoryTree({ 'protocol/a.ts': text }))).toEqual([]);
});

const UNIT = `declare const unit: unique symbol;
type Unit<Name extends string> = number & { readonly [unit]: Name };
export type Order = Unit<'order'>; export type Pfn = Unit<'pfn'>; export type Owner = Order | -1;`;

test.each([
  'export const a = 1 as Order;',
  'export const a = 1 as unknown as Pfn;',
  'export const a = [1] as readonly Pfn[];',
  'export const a = <Order>1;',
  'type Other = Pfn; export const a = 1 as Other;',
  'export const a = -1 as Owner;',
])('a cast to a unit is found: %s', (text) => {
  const tree = memoryTree({
    'protocol/unit.ts': UNIT,
    'spec/a.ts': `import type { Order, Owner, Pfn } from '../protocol/unit.ts'; ${text}`,
  });
  expect(auditBrands(tree)).toHaveLength(1);
});

test('a cast in unit.ts, and one to no unit, are not found', () => {
  const text = `export const a = (n: number) => n as Order; import type { Order } from '../protocol/unit.ts';`;
  const tree = memoryTree({
    'protocol/unit.ts': UNIT,
    'spec/unit.ts': text,
    'spec/b.ts': 'export const b = [1] as const;',
  });
  expect(auditBrands(tree)).toEqual([]);
});

test.each([
  'export const f = (a: Int32Array): unknown => a[0];',
  'type Links = Int32Array; export const f = (a: Links): unknown => a[0];',
  'export function f(a: Int8Array): void { a[0] = 1; }',
  'export const f = (a: Int8Array | Int32Array): unknown => a[0];',
  'export const f = (a: Uint8Array): unknown => a.at(0);',
  'export function f(a: Int32Array): unknown { const [b] = a; return b; }',
])('an indexed typed array is found: %s', (text) => {
  expect(auditTypedArrays(memoryTree({ 'src/a.ts': text }))).toHaveLength(1);
  expect(auditTypedArrays(memoryTree({ 'src/words/bitmap.ts': text }))).toEqual([]);
});

test('an indexed array of another kind is not found', () => {
  expect(auditTypedArrays(memoryTree({ 'src/a.ts': 'export const f = (a: number[]): unknown => a[0];' }))).toEqual([]);
});
