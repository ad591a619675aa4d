// Says goodbye and ends well, and leaves a process behind that holds its stdout and has left its group.
import { spawn } from 'node:child_process';
import { serve } from '../harnesses/serve.js';

const idle = 'setTimeout(() => undefined, 5000)';
await serve({
  bye: async (_, usual) => {
    const child = spawn(process.execPath, ['-e', idle], { stdio: ['ignore', 'inherit', 'ignore'], detached: true });
    await new Promise((done) => child.on('spawn', done));
    process.stderr.write(`daemon ${child.pid}\n`);
    process.stdout.write(usual(), () => process.exit(0));
  },
});
