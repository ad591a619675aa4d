// Judges a harness as far as its views, and says on stdout how that ended and how much memory it took.
import { PipedBuddy } from '../../dist/conformance/kinds/buddy/port.js';
import { startProcess } from '../../dist/conformance/subjects/process.js';

const [, , ...command] = process.argv;

/** The first failure, or what was opened and observed. */
async function result() {
  const process = await startProcess(command);
  if (process.kind !== 'piped') return process;
  const subject = new PipedBuddy(process);
  const opened = await subject.open({ base: 0, pages: 16, orders: 5, reserved: [] });
  if ('how' in opened) return opened;
  const views = await subject.observe();
  await process.close();
  return 'how' in views ? views : { kind: 'well', how: JSON.stringify(views).slice(0, 1000) };
}

const { kind, how } = await result();
process.stdout.write(JSON.stringify({ kind, how, mebibytes: Math.ceil(process.resourceUsage().maxRSS / 1024) }));
