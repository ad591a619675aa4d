import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Which files of tests a run needs: those that import a mutated file, by however many others. */
const IMPORTS = /^(?:import|export)\s(?!type\s)[^;]*?from\s'(?<path>\.[^']+\.ts)'/gmu;
const MUTATED = 'stryMutAct_';

/** The tests of the judge run the other layers too, all day long: they are for mutants of the judge alone. */
const OF_JUDGE = /^test\/unit\/(?:cli|demo|explain|judge|kinds|subjects|trace|wire)\//u;

/** Returns a function that reports whether a file is mutated, in one of some folders, or imports one that is. */
function reachingIn(folders) {
  const known = new Map();
  const reaches = (file) => {
    const before = known.get(file);
    if (before !== undefined) return before;
    known.set(file, false);
    const text = readFileSync(file, 'utf8');
    const isMutated = folders.some((folder) => file.startsWith(folder)) && text.includes(MUTATED);
    const imported = [...text.matchAll(IMPORTS)].map(({ groups }) => join(dirname(file), groups.path));
    const is = isMutated || imported.some(reaches);
    known.set(file, is);
    return is;
  };
  return reaches;
}

/** Returns a function that reports whether a file of tests, in the current folder, is there for a mutant. */
export function reaching() {
  const judge = reachingIn(['conformance/']);
  const any = reachingIn(['spec/', 'src/', 'invariants/', 'conformance/']);
  return (file) => (OF_JUDGE.test(file) ? judge(file) : any(file));
}
