// Starts a harness, prints its process id, and ends in the way that its argument names; without one it waits to be killed.
import { startProcess } from '../../dist/conformance/subjects/process.js';

const [, , end, ...command] = process.argv;
const subject = await startProcess(command);
process.stdout.write(`pid ${subject.pid}\n`);
if (end === 'exit') process.exit(9);
if (end === 'throw') throw new Error('a bug');
setInterval(() => undefined, 1000);
