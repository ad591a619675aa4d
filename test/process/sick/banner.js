// Greets the world before it greets the judge.
import { serve } from '../serve.js';

process.stdout.write('Welcome to \u001b[1macme\u001b[0m buddy\n');
await serve();
