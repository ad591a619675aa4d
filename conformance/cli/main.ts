#!/usr/bin/env node
/** The command line: which commands there are, and how a run of one ends. */
import { Command, CommanderError } from 'commander';
import { KERNEL_COMMANDS, withKernel } from './kernel/commands.ts';
import { LANGUAGES } from './write/languages.ts';
import { helpFor } from './help.ts';
import { USAGE } from './terminal/say.ts';

const BUG = 70;

/** Returns the commands. Those that read what kernels print need no judge, and the memory of their process is for what they read. */
async function program(name: string | undefined): Promise<Command> {
  const root = new Command('buddy-oracle')
    .description('Judges any buddy allocator against an executable specification of Linux page allocation.')
    .addHelpText('after', helpFor(LANGUAGES.map(({ name }) => name)))
    .exitOverride()
    .enablePositionalOptions();
  if (KERNEL_COMMANDS.some((one) => one === name)) {
    withKernel(root);
    return root;
  }
  const { withDemos, withJudge } = await import('./commands.ts');
  withJudge(root);
  withKernel(root);
  withDemos(root);
  return root;
}

/** What is printed never changes the status: a reader that has gone away is no failure, a full disk is told of. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.stderr.write(`buddy-oracle: the result cannot be printed: ${error.message}\n`);
});

try {
  await (await program(process.argv[2])).parseAsync();
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
