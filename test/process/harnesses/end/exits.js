// Exits in the middle of the second run, having answered the first.
import { serve } from '../serve.js';

let runs = 0;
await serve({ run: (_, usual) => (++runs === 1 ? usual() : process.exit(3)) });
