#!/usr/bin/env node
/** The command line: which commands there are, and what they say of themselves. */
import { Command, CommanderError } from 'commander';
import { check } from './check.ts';
import { demoBoot } from '../demo/boot.ts';
import { demoBuddy } from '../demo/buddy.ts';
import { demoFirstFit } from '../demo/first-fit.ts';
import { demoBuddyinfo } from '../demo/buddyinfo.ts';
import { demoMachine } from '../demo/machine.ts';
import { replay } from './replay.ts';
import { writePlayground } from './html.ts';
import { withCommon, withSearch } from './options.ts';
import type { CheckFlags, ReplayFlags } from './options.ts';

const HELP = `
Attach an allocator in three steps:
  1. copy a harness from buddy-oracle's conformance/harness: C, JavaScript, Python
  2. let it call your allocate and free
  3. npx buddy-oracle check -- ./your-harness

Exit status: 0 conforms, 1 diverges, crashes, hangs or is not deterministic, 2 usage, 3 the harness is unusable,
5 the run ended before it had seen what it must, 70 a bug of the judge, 130 interrupted with nothing found.`;

const EXAMPLES = `
Examples:
  buddy-oracle check                                    the 2.4 reference against the specification
  buddy-oracle check -- ./harness                       your allocator, over a pipe
  buddy-oracle check --pages 64 --orders 7 -- ./harness only arenas of 64 frames and 7 orders
  buddy-oracle check --json -- ./harness | tail -1      the verdict as JSON`;

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
    .description('draw what /proc/buddyinfo of any Linux says')
    .argument('[file]', 'a file with its text; - reads standard input', '/proc/buddyinfo')
    .action((file: string) => {
      process.exitCode = demoBuddyinfo(file);
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
    .option('--steps', 'show each step: what was answered, and the free blocks of each order after it', false)
    .option('--save <file>', 'write the case, as it was found or shrunk')
    .action(async (file: string, command: string[], flags: ReplayFlags) => {
      process.exitCode = await replay(file, command, flags);
    });
  root
    .command('play')
    .description('write the playground: both kernels in a page, to allocate and free in by clicks')
    .argument('[file]', 'the page', 'play.html')
    .action((file: string) => {
      process.exitCode = writePlayground(file);
    });
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
