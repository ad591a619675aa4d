#!/usr/bin/env node
/** The command line: which commands there are, and what they say of themselves. */
import { Command, CommanderError, Option } from 'commander';
import { bootFile } from './kernel/boot.ts';
import { check } from './check.ts';
import { explainFile } from './kernel/explain.ts';
import { demoBoot } from '../demo/boot.ts';
import { demoBuddy } from '../demo/buddy.ts';
import { demoFirstFit } from '../demo/first-fit.ts';
import { demoMachine } from '../demo/machine.ts';
import { draw } from './film/draw.ts';
import { LANGUAGES } from './write/languages.ts';
import { create, emit } from './write/new.ts';
import { mergeFiles } from './merge.ts';
import { replay } from './replay.ts';
import { traceFile } from './kernel/trace.ts';
import { writePlayground } from './film/page.ts';
import { writeVectors } from './write/vectors.ts';
import { SAVE, bits, bytes, kept, whole, withCommon, withReports, withSearch, withTarget } from './options.ts';
import type { BootFlags } from './kernel/boot.ts';
import type { CheckFlags, CommonFlags, DrawFlags, ReplayFlags } from './options.ts';
import type { ExplainFlags } from './kernel/explain.ts';
import type { Kernel } from '../../protocol/index.ts';
import type { TraceFlags } from './kernel/trace.ts';

const HELP = `
Attach an allocator in three steps:
  1. npx buddy-oracle new c my-allocator    or ${LANGUAGES.slice(1)
    .map((one) => one.name)
    .join(', ')}
  2. let its attach file call your allocate and free, and build it
  3. npx buddy-oracle check -- ./judged

Exit status: 0 conforms, 1 diverges, crashes, hangs or is not deterministic, 2 usage, 3 the harness is unusable,
4 the list of --expect is not what was found, 5 the run ended before it had seen what it must, 70 a bug of the judge,
130 interrupted with nothing found.`;

const EXAMPLES = `
Examples:
  buddy-oracle check                                    the 2.4 reference against the specification
  buddy-oracle check -- ./harness                       your allocator, over a pipe
  buddy-oracle check --pages 64 --orders 7 -- ./harness only arenas of 64 frames and 7 orders
  buddy-oracle check --json -- ./harness | tail -1      the verdict as JSON`;

const EXPLAINS = `
It reads what a kernel printed, as it was pasted: with time stamps, syslog's prefixes, quotes of mail, broken lines, among other text.
  page allocation failure, oom-killer   each zone that the request may use, the inequality that refused it, and what was missing
  SysRq-M of 2.4, /proc/zoneinfo        counts against lists, marks and reserves against the rules that set them
  /proc/buddyinfo, pagetypeinfo         free blocks by order, unusable free space, fragmentation index
2.4 is held against the rule of 2.4.22, 2.6 against that of 2.6.24. Later kernels have other rules: their requests are not judged.

Exit status: 0 the rule and the kernel agree, or there is no request; 1 they differ; 2 usage, or no such text; 5 not judged.

Examples:
  dmesg | buddy-oracle explain -
  buddy-oracle explain --order 3 --mode 0x20 sysrq-m.txt    would order 3 have been given then, to a caller that may not wait?`;

const BOOTS = `
It reads the first table of memory that counts (a user's map, e820, e801, 88), mem= and crashkernel= of the command line, the MP table and
the initrd if the log names them, and the size of the kernel in the Memory line. What the log prints of the sizes that follow
(totalpages, zone(0), pages reserved twice) is held against those that are found here, unless --mem makes another machine of it.

JSON, in bytes: {"usable":[[0,654336],[1048576,33554432]],"reserved":[],"image":[1048576,3145728],"kept":[{"name":"initrd","range":[...]}]}

Exit status: 0 the sizes agree, or the text has none; 1 they differ; 2 usage, or no such table.

Examples:
  dmesg | buddy-oracle boot -
  buddy-oracle boot dmesg.txt --mem 64M --keep initrd=217K@0x1f00000`;

const TRACES = `
How to record one, on a machine of yours, as root:
  cd /sys/kernel/tracing; echo counter > trace_clock; echo 1 > events/kmem/enable; cat trace_pipe | gzip > trace.gz

A fault is reported only where the trace proves it: two lives of a page that overlap, a block that is not aligned, an order that there
is not, a page that enters or leaves the buddy system while it is held. What was allocated before the trace is learned; where events
were lost, all is forgotten. Frees of pages not known to be held prove nothing, because kernels take pages without an event.

Lines of JSON: {"op":"alloc","order":0,"pfn":12} with pfn null for a refusal, {"op":"free","order":0,"pfn":12}; cpu and time if known.

Exit status: 0 nothing is wrong, 1 something is, 2 usage or no such file, 5 nothing could be judged.`;

const DEMOS: readonly (readonly [name: string, description: string, draw: () => string])[] = [
  ['buddy', 'how a block of 16 frames is split, and how freeing page 10 joins it again', demoBuddy],
  ['boot', 'from firmware to pages: boot memory, and its retirement into a zone whose state lies in it', demoBoot],
  ['first-fit', 'how long first fit searches as memory fills with small blocks, beside the buddy system', demoFirstFit],
  ['machine', 'two nodes from boot over kswapd and direct reclaim until another node has to help', demoMachine],
];

const USAGE = 2;
const BUG = 70;

function withDemos(root: Command): void {
  const demo = root.command('demo').description('the real code at work, drawn in text');
  for (const [name, description, draw] of DEMOS) {
    demo
      .command(name)
      .description(description)
      .action(() => {
        process.stdout.write(`${draw()}\n`);
      });
  }
  demo
    .command('buddyinfo')
    .description('what /proc/buddyinfo says, drawn: the same as explain')
    .argument('[file]', 'a file with its text; - reads standard input', '/proc/buddyinfo')
    .action(async (file: string) => {
      process.exitCode = await explainFile(file, { json: false });
    });
}

function withExplain(root: Command): void {
  root
    .command('explain')
    .description('why did this kernel refuse that request? reads failures, dumps and tables of free memory')
    .argument('[file]', 'a text of a kernel, gzip or plain; - reads standard input', '/proc/buddyinfo')
    .option('--order <n>', 'ask about a request of this order', whole(0, 30))
    .option('--mode <mask>', 'ask about a request with this mask, such as 0x20', bits)
    .option('--nth <n>', 'the n-th dump of the text (default: the first with a request)', whole(1, 1e9))
    .option('--json', 'print NDJSON records; the last one is the summary', false)
    .addHelpText('after', EXPLAINS)
    .action(async (file: string, flags: ExplainFlags) => {
      process.exitCode = await explainFile(file, flags);
    });
}

function withBoot(root: Command): void {
  root
    .command('boot')
    .description("from firmware's table of memory to zones, marks and the first free lists, as 2.4.22 on i386 has them")
    .argument(
      '<file>',
      "a kernel's log with BIOS-e820, e801 or 88 lines, or JSON; gzip or plain; - reads standard input",
    )
    .option('--mem <size>', 'usable memory ends here at the latest, such as 64M', bytes)
    .option('--keep <what>', 'something in use at boot, NAME=SIZE@START (repeat it for more)', kept, [])
    .option('--json', 'print NDJSON records; the last one is the summary', false)
    .addHelpText('after', BOOTS)
    .action(async (file: string, flags: BootFlags) => {
      process.exitCode = await bootFile(file, flags);
    });
}

function withTrace(root: Command): void {
  root
    .command('trace')
    .description("judge the history of a kernel's pages: what its trace says that cannot have happened")
    .argument(
      '<file>',
      'events of kmem as ftrace, trace-cmd or perf print them, or lines of JSON; gzip or plain; - reads standard input',
    )
    .option('--free <file>', 'the free blocks at its start, "frame order" a line: replay the buddy system from there')
    .option('--orders <n>', 'the number of orders; larger ones are a fault', whole(1, 31), 21)
    .option('--json', 'print NDJSON records; the last one is the summary', false)
    .addHelpText('after', TRACES)
    .action(async (file: string, flags: TraceFlags) => {
      process.exitCode = await traceFile(file, flags);
    });
}

/** Commands that write something to begin with, or to look at. */
function withWriters(root: Command): void {
  root
    .command('new')
    .description('write a folder that is judged at once: a harness, an example to be replaced, a workflow')
    .argument('<language>', LANGUAGES.map((one) => one.name).join(', '))
    .argument('<folder>', 'where to write it; it must not be there, or be empty')
    .action((language: string, folder: string) => {
      process.exitCode = create(language, folder);
    });
  root
    .command('emit')
    .description(
      'print an allocator, made from the source that the proofs are about: one header in C99 without a dependency',
    )
    .argument('<language>', 'c')
    .addOption(new Option('--kernel <version>', 'whose algorithm').choices(['2.4', '2.6']).default('2.4'))
    .action((language: string, { kernel }: { kernel: Kernel }) => {
      process.exitCode = emit(language, kernel);
    });
  root
    .command('vectors')
    .description('write test vectors: cases with every permitted answer, for allocators that no process can be made of')
    .argument('<folder>', 'where to write them; it must not be there, or be empty')
    .action((folder: string) => {
      process.exitCode = writeVectors(folder);
    });
  root
    .command('play')
    .description(
      'write the playground: both kernels, boot memory and zones in a page, to allocate and free in by clicks',
    )
    .argument('[file]', 'the page', 'play.html')
    .action((file: string) => {
      process.exitCode = writePlayground(file);
    });
}

function withDraw(root: Command): void {
  withTarget(root.command('draw'))
    .description('draw one state of a saved case: after its last operation, or after another one')
    .argument('<file>', 'a saved case, or the output of check --json; - reads standard input')
    .argument('[command...]', 'starts the harness; after --')
    .option('--step <n>', 'the state after this many operations', whole(0, 1e9))
    .option('--svg <file>', 'write the picture, too: an SVG, light and dark')
    .action(async (file: string, command: string[], flags: DrawFlags) => {
      process.exitCode = await draw(file, command, flags);
    });
}

function withMerge(root: Command): void {
  withReports(root.command('merge'))
    .description(
      'make one judgement of those of all parts of a search: what check --shard I/N --json printed, a file each',
    )
    .argument('<file...>', 'one file for each part; a missing part, or one of another search, is an error')
    .option('--save <file>', SAVE)
    .action((files: string[], flags: Pick<CommonFlags, 'json' | 'github'>) => {
      process.exitCode = mergeFiles(files, { claim: [], noClaim: [], without: [], ...flags });
    });
}

function program(): Command {
  const root = new Command('buddy-oracle')
    .description('Judges any buddy allocator against an executable specification of Linux page allocation.')
    .addHelpText('after', HELP)
    .exitOverride()
    .enablePositionalOptions();
  withSearch(withCommon(root.command('check')))
    .description(
      'search for a case in which an allocator does what it must not, in every kind that it offers: buddy system, boot memory, machines; without a command: the reference',
    )
    .argument('[command...]', 'starts the harness; after --')
    .addHelpText('after', EXAMPLES)
    .action(async (command: string[], flags: CheckFlags) => {
      process.exitCode = await check(command, flags);
    });
  withCommon(root.command('replay'))
    .description('carry out a saved case, operation by operation')
    .argument('<file>', 'a saved case, or the output of check --json; - reads standard input')
    .argument('[command...]', 'starts the harness; after --')
    .option('--shrink', 'look for a shorter case that goes wrong in the same way', false)
    .option(
      '--steps',
      'show each step: what was answered, and the free blocks of each order after it; by itself of a short case',
    )
    .option('--no-steps', 'show no steps')
    .option('--save <file>', 'write the case, as it was found or shrunk')
    .action(async (file: string, command: string[], flags: ReplayFlags) => {
      process.exitCode = await replay(file, command, flags);
    });
  withDraw(root);
  withMerge(root);
  withWriters(root);
  withExplain(root);
  withBoot(root);
  withTrace(root);
  withDemos(root);
  return root;
}

/** What is printed never changes the status: a reader that has gone away is no failure, a full disk is told of. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.stderr.write(`buddy-oracle: the result cannot be printed: ${error.message}\n`);
});

try {
  await program().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : USAGE;
  } else {
    process.stderr.write(
      `buddy-oracle: a bug of the judge\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = BUG;
  }
}
