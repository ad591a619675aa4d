// Exits and leaves a child process that holds all its pipes and has left its group.
import { spawn } from 'node:child_process';
import { serve } from '../serve.js';

const idle = 'setTimeout(() => undefined, 5000)';
await serve({
  run: () => {
    const child = spawn(process.execPath, ['-e', idle], { stdio: 'inherit', detached: true });
    child.on('spawn', () => {
      process.stderr.write(`runaway ${child.pid}\n`);
      process.exit(6);
    });
  },
});
