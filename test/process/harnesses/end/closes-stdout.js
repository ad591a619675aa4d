// Answers the hello, closes its stdout, and lives on.
import { closeSync } from 'node:fs';
import { serve } from '../serve.js';

await serve({ init: () => closeSync(1) });
