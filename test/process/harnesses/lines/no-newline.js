// Answers a run without ending the line.
import { serve } from '../serve.js';

await serve({ run: (_, usual) => usual().trimEnd() });
