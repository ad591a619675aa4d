/** The commands `new`, which writes a folder with a harness and an example that is judged at once, and `emit`, which prints the example. */
import { USAGE, complain, reasonOf } from '../terminal/say.ts';
import { LANGUAGES, harnesses, languageOf } from './languages.ts';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { shellWords } from '../../judge/report/shell.ts';
import { show } from '../../show.ts';
import type { Kernel } from '../../../protocol/index.ts';
import type { Language } from './languages.ts';

/** Returns what judges a harness that is built. */
const checkOf = ({ start }: Language): string => `npx buddy-oracle check -- ${start}`;

const readme = (language: Language): string => `# An allocator and its judge

\`${language.harness}\` speaks with the judge and needs no change. \`${language.attach}\` attaches the allocator in \`example/\`: put yours in
its place, and claim what it is to be held to.

${[language.build, checkOf(language)].flatMap((line) => (line === undefined ? [] : [`    ${line}`])).join('\n')}

The judge is the package buddy-oracle: \`npm install\` it here or above, from where you have it. Its \`protocol/README.md\` says what
is judged, what each claim and feature means, and what to do with an allocator that is not quite such a one.
`;

/** Judges at each push. Where the package comes from is the repository's to say, because it is not on npm. */
const workflow = (
  language: Language,
): string => `# Judges the allocator at each push. The judge is not on npm: set the variable BUDDY_ORACLE of the repository to where it
# lies, a git address or a tarball that \`npm pack\` made.
on: [push, pull_request]
jobs:
  judge:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22 }
      - run: npm install --no-save "\${{ vars.BUDDY_ORACLE || 'buddy-oracle' }}"
${[language.build, checkOf(language)].flatMap((line) => (line === undefined ? [] : [`      - run: ${line}`])).join('\n')}
`;

function write(language: Language, into: string): void {
  const from = join(harnesses(), language.folder);
  for (const file of [language.harness, language.attach, ...language.parts, ...language.example]) {
    mkdirSync(dirname(join(into, file)), { recursive: true });
    copyFileSync(join(from, file), join(into, file));
  }
  const texts = {
    ...language.beside,
    'README.md': readme(language),
    '.github/workflows/judge.yml': workflow(language),
  };
  for (const [file, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(into, file)), { recursive: true });
    writeFileSync(join(into, file), text);
  }
}

/** Returns the next three steps, in lines. */
function steps(language: Language, into: string): readonly string[] {
  const { attach, build, example } = language;
  const enter = `cd ${shellWords([into])}`;
  return [
    `${into} has a harness and an allocator to be replaced. The next three steps:`,
    `  1. ${build === undefined ? enter : `${enter} && ${build}`}`,
    `  2. ${checkOf(language)}`,
    `  3. put your allocator in the place of ${example[0]}: ${attach} calls it, and says what is claimed`,
  ];
}

/** Writes the folder, says what comes next, and gives the exit status. */
export function create(name: string, into: string): number {
  const language = languageOf(name.toLowerCase());
  if (language === undefined) {
    complain(`there is no harness for ${show(name)}, but for ${LANGUAGES.map((one) => one.name).join(', ')}`);
    return USAGE;
  }
  try {
    if (existsSync(into) && readdirSync(into).length > 0) {
      complain(`${show(into)} is not empty`);
      return USAGE;
    }
    write(language, into);
  } catch (error) {
    complain(`${show(into)} cannot be written: ${reasonOf(error)}`);
    return USAGE;
  }
  process.stdout.write(`${steps(language, into).join('\n')}\n`);
  return 0;
}

/** The headers in C, in the folder of the harnesses. They are committed; `npm run generate` makes them. */
const HEADERS: Readonly<Record<Kernel, string>> = {
  '2.4': 'c/example/buddy24.h',
  '2.6': 'c/example/buddy26.h',
};

/** Prints the allocator of a kernel, and gives the exit status. */
export function emit(language: string, kernel: Kernel): number {
  if (language.toLowerCase() !== 'c') {
    complain(`nothing is printed in ${show(language)}; the language is c`);
    return USAGE;
  }
  process.stdout.write(readFileSync(join(harnesses(), HEADERS[kernel]), 'utf8'));
  return 0;
}
