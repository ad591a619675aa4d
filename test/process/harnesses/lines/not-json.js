// Answers in its own way.
import { serve } from '../serve.js';

await serve({ run: () => '(ran 0 1 2)\n' });
