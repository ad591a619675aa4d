/** The audit of purity, and tests that see it fail. */

import { expect, test } from 'vitest';
import { tell } from '../rules.ts';
import { memoryTree, show, theTree } from '../tree.ts';
import { auditPurity } from './purity.ts';

test('spec changes nothing, throws nothing, waits for nothing and asks no one', () => {
  expect(auditPurity(theTree()).map(tell('auditPurity'))).toEqual([]);
});

test.each([
  ['export const f = (a: { b: number }) => { a.b = 1; };', 'changes what something holds'],
  ['export const f = (a: number[]) => { a[0] = 1; };', 'changes what something holds'],
  ['export const f = (a: number[]) => { const b = a; b[0] = 1; };', 'changes what something holds'],
  ['export const f = (a: { b: number }) => { a.b ||= 1; };', 'changes what something holds'],
  ['export const f = (a: { b: number }) => { a.b++; };', 'changes what something holds'],
  ['export const f = (a: { b: number }) => { [a.b] = [1]; };', 'changes what something holds'],
  ['export const f = (a: { b?: number }) => { delete a.b; };', 'changes what something holds'],
  ['export const f = (a: number[]) => a.push(1);', 'changes a value made elsewhere'],
  ['export const f = (a: { b: Set<number> }) => a.b.add(1);', 'changes a value made elsewhere'],
  ['export const f = () => { throw new Error(); };', 'throws'],
  ['export const f = () => { while (true) break; };', 'loops without a bound'],
  ['export const f = () => { do { break; } while (true); };', 'loops without a bound'],
  ['export const f = () => Math.random();', 'throws dice'],
  ['export const f = () => new Date();', 'looks at the world'],
])('%s is found: it %s', (text, what) => {
  expect(auditPurity(memoryTree({ 'spec/a.ts': text })).map(show)).toEqual([expect.stringContaining(what)]);
  expect(auditPurity(memoryTree({ 'src/a.ts': text }))).toEqual([]);
});

test('a value made on the spot may still be filled, a copy be changed, and a local may be counted up', () => {
  const text = `export function f(n: number): readonly number[] {
    const all: number[] = [];
    for (let at = 0; at < n; at++) all.push(at);
    const copy = all.slice();
    copy[0] = n;
    return copy.slice().reverse();
  }`;
  expect(auditPurity(memoryTree({ 'spec/a.ts': text }))).toEqual([]);
});
