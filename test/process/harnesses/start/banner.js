// Greets the world before it greets the judge.
import { serve } from '../serve.js';

await serve({ hello: (_, usual) => `Welcome to \u001b[1macme\u001b[0m buddy\n${usual()}` });
