/**
 * Grades an allocator clause by clause: `node grade.js [--json] [--seed N] [--cases N] [--time SECONDS] -- ./allocator`. The judge runs it
 * once with `check --all --json`; this program gives points for what it said. Exit status 0 if all points were earned, 1 if not, 2 for a
 * mistake in the command.
 */
import { CLAUSES } from 'buddy-oracle/spec';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { spawnSync } from 'node:child_process';

const JUDGE = join(
  dirname(createRequire(import.meta.url).resolve('buddy-oracle/package.json')),
  'dist/conformance/cli/main.js',
);

/** What everybody is held to, whatever the program claims. */
const CLAIMS = [
  'complete',
  'best-fit',
  'capacity',
  ...['out-of-range', 'wrong-order', 'misaligned', 'inner-page', 'double-free', 'never-allocated'].map(
    (kind) => `misuse:${kind}`,
  ),
];

/**
 * The parts of the assignment. A task is earned if its clause was not refuted and the run saw all of `sees`: what never
 * happened was not shown to be right. A hint asks where to look, and says no more.
 */
const PARTS = [
  {
    title: 'It runs',
    tasks: [
      {
        clause: 'USE-2',
        points: 5,
        sees: ['grant', 'free'],
        hint: 'Build it with -g and -fsanitize=address, and replay the case: which access is the first that is out of bounds, or which loop never ends?',
      },
      {
        clause: 'USE-3',
        points: 5,
        sees: ['grant'],
        hint: 'Is something printed on stdout? Does each function return one of the answers that oracle.h has for it?',
      },
    ],
  },
  {
    title: 'Granting',
    tasks: [
      {
        clause: 'TAKE-1',
        points: 5,
        sees: ['grant'],
        hint: 'Try an arena whose base is not 0. Where does the last block that you grant end?',
      },
      {
        clause: 'TAKE-2',
        points: 5,
        sees: ['grant', 'split'],
        hint: 'From which frame are multiples of a block size counted, and what if the arena does not begin at such a multiple?',
      },
      {
        clause: 'TAKE-3',
        points: 5,
        sees: ['grant', 'arena with reserved frames'],
        hint: 'What do your lists hold right after init, if arena->reserved is not empty?',
      },
      {
        clause: 'TAKE-4',
        points: 10,
        sees: ['grant', 'split'],
        hint: 'When a block is split, what becomes of each half? Draw the lists before and after.',
      },
      {
        clause: 'TAKE-5',
        points: 5,
        sees: ['grant', 'refusal'],
        hint: 'The judge may ask for an order that the arena does not have.',
      },
      {
        clause: 'TAKE-6',
        points: 10,
        sees: ['grant', 'refusal with free frames left'],
        hint: 'If the list of an order is empty, where else can a block come from? And which frames are on no list, because the arena is no power of two?',
      },
      {
        clause: 'CAP-1',
        points: 5,
        sees: ['grant', 'arena not a power of two'],
        hint: 'Sum up the frames on your lists after init: are they all frames but the reserved ones?',
      },
    ],
  },
  {
    title: 'Freeing',
    tasks: [
      {
        clause: 'GIVE-1',
        points: 5,
        sees: ['free'],
        hint: 'How do you know that a block is outstanding, and of which order? Who tells you, and when is that forgotten?',
      },
      {
        clause: 'TAKE-7',
        points: 10,
        sees: ['split', 'grant across frames granted apart before'],
        hint: 'Which of the lists do you look at first? And could a block be whole again that you still keep in parts?',
      },
      {
        clause: 'USE-1',
        points: 10,
        sees: ['join up to the top order', 'emptied arena', 'drained arena'],
        hint: 'Free everything in another order than it was granted. Which of two buddies is the head of what they become, and how far up does it go on?',
      },
      {
        clause: 'COUNT-1',
        points: 5,
        sees: ['views compared', 'free'],
        hint: 'Where does the number of free frames change? It should be in two places, and by a power of two.',
      },
    ],
  },
  {
    title: 'Misuse',
    tasks: [
      ['MISUSE-1', 'out-of-range', 'Which orders, and which frames, does the arena not have at all?'],
      ['MISUSE-2', 'wrong-order', 'You know of what order you granted a block. Who compares?'],
      ['MISUSE-3', 'misaligned', 'Can a block of this order begin at this frame, whoever holds it?'],
      ['MISUSE-4', 'inner-page', 'Which block is this frame in the middle of?'],
      ['MISUSE-5', 'double-free', 'What do you remember of a block that was freed, and until when?'],
      ['MISUSE-6', 'never-allocated', 'How is a frame that never headed a block told from one whose block was freed?'],
    ].map(([clause, kind, hint]) => ({ clause, points: 2, sees: [`rejected ${kind}`], hint })),
  },
  {
    title: 'Nothing happens by the way',
    tasks: [
      {
        clause: 'MISUSE-7',
        points: 3,
        sees: ['rejected double-free', 'free'],
        hint: 'Is everything checked before anything is changed?',
      },
    ],
  },
];

function options() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      cases: { type: 'string', default: '300' },
      time: { type: 'string', default: '60' },
    },
  });
  if (positionals.length === 0) throw new Error('no program is named: node grade.js -- ./allocator');
  return { ...values, program: positionals };
}

/** Has the judge run, and returns its records. */
function judged({ cases, program, seed, time }) {
  const claims = CLAIMS.flatMap((claim) => ['--claim', claim]);
  const args = [
    'check',
    '--kind',
    'buddy',
    '--all',
    '--json',
    '--seed',
    seed,
    '--cases',
    cases,
    '--time',
    time,
    ...claims,
    '--',
    ...program,
  ];
  const ran = spawnSync(process.execPath, [JUDGE, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (ran.stdout.trim() === '') throw new Error(`the judge said nothing: ${ran.stderr.trim()}`);
  return ran.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Returns what was found, by clause. An end that nobody wanted counts against USE-2, an answer that is none against USE-3. */
function findings(records) {
  const summary = records.at(-1);
  const kind = records.find(({ record }) => record === 'kind');
  const failure = summary.verdict === 'protocol-error' ? 'USE-3' : 'USE-2';
  const all = kind?.found ?? [kind ?? summary];
  return new Map(all.filter(({ because }) => because !== undefined).map((one) => [one.clause ?? failure, one]));
}

/** Grades one task: earned, refuted with the facts and the shortest case, or not seen. */
function gradeTask({ clause, hint, points, sees }, found, counts) {
  const { property, sentence } = CLAUSES[clause];
  const finding = found.get(clause);
  const unseen = sees.filter((sight) => !(counts[sight] > 0));
  const about = { clause, property, sentence, of: points };
  if (finding === undefined && unseen.length === 0) return { ...about, state: 'earned', points };
  if (finding === undefined) return { ...about, state: 'not seen', points: 0, unseen, hint };
  const { because: facts, case: shortest } = finding;
  return { ...about, state: 'refuted', points: 0, facts, ...(shortest === undefined ? {} : { case: shortest }), hint };
}

/** Grades a run: each part with its tasks, what was found beside them, and the points in all. */
function grade(records) {
  const found = findings(records);
  const counts = records.at(-1).sometimes ?? {};
  const parts = PARTS.map(({ tasks, title }) => ({
    title,
    tasks: tasks.map((task) => gradeTask(task, found, counts)),
  }));
  const tasks = parts.flatMap((part) => part.tasks);
  const beside = [...found].filter(([clause]) => !tasks.some((task) => task.clause === clause));
  const sum = (of) => tasks.reduce((all, task) => all + task[of], 0);
  return {
    verdict: records.at(-1).verdict,
    points: sum('points'),
    of: sum('of'),
    parts,
    beside: beside.map(([clause, { because }]) => ({ clause, facts: because })),
  };
}

/** Returns a task in lines of text. */
function linesOf({ case: shortest, clause, facts = [], hint, of, points, property, sentence, state, unseen = [] }) {
  const more = [
    ...(state === 'earned' ? [] : [sentence]),
    ...facts.map((fact, n) => `${n === 0 ? 'but here: ' : 'and yet:  '}${fact}`),
    ...(unseen.length === 0 ? [] : [`never happened, and would have to: ${unseen.join(', ')}`]),
    ...(shortest === undefined ? [] : [`shortest case: ${JSON.stringify(shortest)}`]),
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
  ];
  const head = `${`${points}/${of}`.padStart(7)}  ${clause.padEnd(8)} ${property}: ${state}`;
  return [head, ...more.map((line) => `                  ${line}`)];
}

function text({ beside, of, parts, points, verdict }) {
  return [
    ...parts.flatMap(({ tasks, title }) => [title, ...tasks.flatMap(linesOf), '']),
    ...beside.map(({ clause, facts }) => `also refuted: ${clause}: ${facts.join(', but ')}`),
    `${points} of ${of} points (${verdict})`,
  ].join('\n');
}

try {
  const given = options();
  const graded = grade(judged(given));
  process.stdout.write(`${given.json ? JSON.stringify(graded) : text(graded)}\n`);
  process.exitCode = graded.points === graded.of ? 0 : 1;
} catch (error) {
  process.stderr.write(`grade.js: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
