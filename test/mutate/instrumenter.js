import { mutatorsWith } from './mutators.js';
import { pathToFileURL } from 'node:url';
import { resolved } from './resolved.js';

/** A file of Stryker's instrumenter, which lists its mutators but has no door for more of them: hence the exact version. */
const within = (file) => new URL(file, pathToFileURL(resolved)).href;

const { allMutators } = await import(within('./mutators/mutate.js'));
const { deepCloneNode } = await import(within('./util/index.js'));

/** Stryker's instrumenter; from now on it places our mutants beside its own. */
export const { Instrumenter } = await import(within('./instrumenter.js'));

allMutators.push(...mutatorsWith(deepCloneNode));
