// Answers what is asked, and stays when the judge is gone.
import { serve } from '../serve.js';

setInterval(() => undefined, 1000);
process.on('SIGTERM', () => undefined);
await serve();
