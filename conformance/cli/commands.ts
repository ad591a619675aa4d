/** The commands that judge, write or show an allocator: their options, and what they say of themselves. */
import { Option } from 'commander';
import { EXAMPLES, MUTATES } from './help.ts';
import { SAVE, exhaustible, withCommon, withReports, withSearch, withTarget } from './options.ts';
import { auditCommand } from './audit/audit.ts';
import { check } from './check.ts';
import { create, emit } from './write/new.ts';
import { demoFragmentation } from './write/fragmentation.ts';
import { demoBoot } from '../demo/boot.ts';
import { demoBuddy } from '../demo/buddy.ts';
import { demoFirstFit } from '../demo/first-fit.ts';
import { demoInterruptsWith } from './write/interrupts.ts';
import { demoMachine } from '../demo/machine.ts';
import { draw } from './film/draw.ts';
import { explainFile } from './kernel/explain.ts';
import { LANGUAGES } from './write/languages.ts';
import { mergeFiles } from './jobs/merge.ts';
import { mutate } from './audit/mutate.ts';
import { replay } from './replay.ts';
import { whole } from './kernel/values.ts';
import { writePlayground } from './film/page.ts';
import { writeVectors } from './write/vectors.ts';
import type { AuditFlags } from './audit/audit.ts';
import type { CheckFlags, CommonFlags, DrawFlags, ReplayFlags } from './options.ts';
import type { Command } from 'commander';
import type { FragmentationFlags } from './write/fragmentation.ts';
import type { InterruptsFlags } from './write/interrupts.ts';
import type { MutateFlags } from './audit/mutate.ts';
import type { Kernel } from '../../protocol/index.ts';

const DEMOS: readonly (readonly [name: string, description: string, draw: () => string])[] = [
  ['buddy', 'how a block of 16 frames is split, and how freeing page 10 joins it again', demoBuddy],
  ['boot', 'from firmware to pages: boot memory, and its retirement into a zone whose state lies in it', demoBoot],
  ['first-fit', 'how long first fit searches as memory fills with small blocks, beside the buddy system', demoFirstFit],
  ['machine', 'two nodes from boot over kswapd and direct reclaim until another node has to help', demoMachine],
];

/** Adds the commands that draw the real code at work. */
export function withDemos(root: Command): void {
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
    .command('fragmentation')
    .description(
      'which requests fail though enough memory is free: first fit, both buddy systems, grouping by lifetime',
    )
    .option('--seed <n>', 'fixes what is asked for', whole(0, 2 ** 32 - 1), 1)
    .option('--svg <file>', 'write the shares as a picture: an SVG, light and dark')
    .action((flags: FragmentationFlags) => {
      process.exitCode = demoFragmentation(flags);
    });
  demo
    .command('interrupts')
    .description('why interrupts must be off while the lists are changed: the shortest schedules that go wrong')
    .option('--html <file>', 'write the same as a page that opens in a browser')
    .action((flags: InterruptsFlags) => {
      process.exitCode = demoInterruptsWith(flags);
    });
  demo
    .command('buddyinfo')
    .description('what /proc/buddyinfo says, drawn: the same as explain')
    .argument('[file]', 'a file with its text; - reads standard input', '/proc/buddyinfo')
    .action(async (file: string) => {
      process.exitCode = await explainFile(file, { json: false });
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

function withAudit(root: Command): void {
  root
    .command('audit')
    .description('hold every invariant against what an allocator shows of itself, and show of each that it can fail')
    .argument('[command...]', 'starts the harness; after --')
    .addOption(new Option('--reference <version>', 'the kernel of the reference').choices(['2.4', '2.6']))
    .option('--seed <n>', 'which cases', whole(0, 2 ** 32 - 1), 1)
    .option('--cases <n>', 'the most cases', whole(1, 1e9))
    .option('--time <seconds>', 'the most seconds', whole(1, 86_400), 10)
    .option('--json', 'print NDJSON records; the last one is the summary', false)
    .option('--html <file>', 'write the same as a page that opens in a browser')
    .action(async (command: string[], flags: AuditFlags) => {
      process.exitCode = await auditCommand(command, flags);
    });
}

function withMutate(root: Command): void {
  root
    .command('mutate')
    .description("change an allocator's sources in small ways, one at a time: does the judge notice each?")
    .argument('[command...]', 'starts the harness; after --')
    .option('--files <file...>', 'the sources to be changed, below this folder', [])
    .option('--build <line>', 'what builds the harness, a line of a shell')
    .option('--seed <n>', 'which cases', whole(0, 2 ** 32 - 1), 1)
    .option('--time <seconds>', 'the most for one mutant', whole(1, 86_400), 20)
    .option(
      '--exhaustive <frames>',
      'in every state of so many frames what is not refuted must answer alike',
      exhaustible,
      8,
    )
    .option('--jobs <n>', 'mutants that are tried at once (default: all cores)', whole(1, 256))
    .option('--json', 'print NDJSON records; the last one is the summary', false)
    .addHelpText('after', MUTATES)
    .action(async (command: string[], flags: MutateFlags) => {
      process.exitCode = await mutate(command, flags);
    });
}

/** Adds the commands that judge an allocator, and those that write something to begin with. */
export function withJudge(root: Command): void {
  withSearch(withCommon(root.command('check')))
    .description(
      'search for a case in which an allocator does what it must not, in every kind that it offers: buddy system, boot memory, machines, several threads; without a command: the reference',
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
  withAudit(root);
  withMutate(root);
  withWriters(root);
}
