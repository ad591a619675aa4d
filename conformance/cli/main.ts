#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { check, replay } from './commands.ts';
import { demoBoot } from '../demo/boot.ts';
import { demoBuddy } from '../demo/buddy.ts';
import { demoFirstFit } from '../demo/first-fit.ts';
import { demoBuddyinfo } from '../demo/buddyinfo.ts';
import { demoMachine } from '../demo/machine.ts';
import { checkMachine } from '../kinds/machine/command.ts';
import { whole, withCommon, withSearch } from './options.ts';
import type { CheckFlags, ReplayFlags } from './options.ts';
import type { MachineFlags } from '../kinds/machine/command.ts';

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

function withMachine(root: Command): void {
  root
    .command('check-machine')
    .description('the same over whole machines: zones, watermarks, reclaim and nodes; without a command: the reference')
    .argument('[command...]', 'starts a harness that has the feature machine; write it behind --')
    .option('--seed <n>', 'fixes every case', whole(0, 2 ** 32 - 1), 1)
    .option('--cases <n>', 'at most so many cases', whole(1, 1e9), 100)
    .option('--ops <n>', 'operations of a case', whole(1, 1e6), 150)
    .option('--time <seconds>', 'bounds the search; shrinking may take 20 s more', whole(1, 1e6), 60)
    .option('--json', 'one JSON record a line on stdout; the last is the summary', false)
    .action(async (command: string[], flags: MachineFlags) => {
      process.exitCode = await checkMachine(command, flags);
    });
}

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
    .description('search for a case in which an allocator does what it must not; without a command: the reference')
    .argument('[command...]', 'starts the harness; write it behind --')
    .addHelpText('after', EXAMPLES)
    .action(async (command: string[], flags: CheckFlags) => {
      process.exitCode = await check(command, flags);
    });
  withCommon(root.command('replay'))
    .description('carry out a saved case, operation by operation')
    .argument('<file>', 'a saved case, or the output of check --json; - reads standard input')
    .argument('[command...]', 'starts the harness; write it behind --')
    .option('--shrink', 'look for a shorter case that goes wrong in the same way', false)
    .option('--save <file>', 'write the case, as it was found or shrunk')
    .action(async (file: string, command: string[], flags: ReplayFlags) => {
      process.exitCode = await replay(file, command, flags);
    });
  withMachine(root);
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
