/** The commands that read what a kernel printed: their options, and what they say of themselves. Each is loaded if it is run. */
import { BOOTS, EXPLAINS, TRACES } from '../help.ts';
import { bits, bytes, kept, whole } from './values.ts';
import type { BootFlags } from './boot.ts';
import type { Command } from 'commander';
import type { ExplainFlags } from './explain.ts';
import type { TraceFlags } from './trace.ts';

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
      const { explainFile } = await import('./explain.ts');
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
      const { bootFile } = await import('./boot.ts');
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
    .option('--html <file>', 'write the first fault as a film: the last events on its frames, in a page for a browser')
    .option('--svg <file>', 'write a picture of its frames: an SVG')
    .option('--json', 'print NDJSON records; the last one is the summary', false)
    .addHelpText('after', TRACES)
    .action(async (file: string, flags: TraceFlags) => {
      const { traceFile } = await import('./trace.ts');
      process.exitCode = await traceFile(file, flags);
    });
}

/** The names of the commands. */
export const KERNEL_COMMANDS = ['explain', 'boot', 'trace'] as const;

/** Adds the commands. */
export function withKernel(root: Command): void {
  withExplain(root);
  withBoot(root);
  withTrace(root);
}
