/**
 * Stands in for Vitest where tests run once for each mutant: `test` and `describe` only note what is declared; what is expected
 * is Vitest's own `expect`.
 */
export { expect } from 'vitest';

/** Every test of the files loaded so far, by its file and name. */
export const declared = new Map();

let file = '';
let around = [];

/** Loads a file of tests under a name; what it declares is its. */
export async function load(name, url) {
  file = name;
  await import(url);
}

/** A test's name from a template and a row, as Vitest would have it, about: it only has to tell tests apart and to be read. */
function fill(template, row, index) {
  const values = Array.isArray(row) ? [...row] : [row];
  const named = template.replaceAll(/\$(\w+)/gu, (_, key) => String(Object(row)[key]));
  return named
    .replaceAll('%#', String(index))
    .replaceAll(/%[sdijo]/gu, (mark) => (mark === '%s' ? String(values.shift()) : JSON.stringify(values.shift())));
}

const call = (body, row) => (Array.isArray(row) ? body(...row) : body(row));

/** Options come before the body, and are about time: nothing is timed here. */
function declare(name, ...rest) {
  const body = rest.at(-1);
  const id = `${file} ${[...around, name].join(' > ')}`;
  let unlike = id;
  for (let n = 2; declared.has(unlike); n++) unlike = `${id} (${n})`;
  declared.set(unlike, body);
}

export const test = Object.assign(declare, {
  each:
    (rows) =>
    (template, ...rest) => {
      rows.forEach((row, index) => declare(fill(template, row, index), () => call(rest.at(-1), row)));
    },
});

function group(name, body) {
  const before = around;
  around = [...around, name];
  body();
  around = before;
}

export const describe = Object.assign(group, {
  each: (rows) => (template, body) => {
    rows.forEach((row, index) => group(fill(template, row, index), () => call(body, row)));
  },
});

/** Its settings are about time too. */
export const vi = { setConfig() {} };
