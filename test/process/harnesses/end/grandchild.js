// Exits and leaves a child process that holds all its pipes.
import { spawn } from 'node:child_process';
import { serve } from '../serve.js';

const idle = 'setInterval(() => undefined, 1000)';
await serve({
  run: () => {
    spawn(process.execPath, ['-e', idle], { stdio: 'inherit' }).on('spawn', () => process.exit(5));
  },
});
