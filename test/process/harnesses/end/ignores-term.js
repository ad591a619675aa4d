// Does not answer a goodbye, and does not mind TERM.
import { serve } from '../serve.js';

process.on('SIGTERM', () => process.stderr.write('TERM, so what\n'));
await serve({ bye: () => undefined });
