// Starts a harness that does not end by itself, says so, and then ends in the way that it is told, or is made to end.
import { startProcess } from '../../dist/conformance/subjects/process.js';

const [, , end, ...command] = process.argv;
const subject = await startProcess(command);
process.stdout.write(`pid ${subject.pid}\n`);
if (end === 'exit') process.exit(9);
if (end === 'throw') throw new Error('a bug');
setInterval(() => undefined, 1000);
