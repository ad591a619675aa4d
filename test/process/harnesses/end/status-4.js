// Answers a goodbye, and exits with a status of its own.
import { serve } from '../serve.js';

await serve();
process.exit(4);
