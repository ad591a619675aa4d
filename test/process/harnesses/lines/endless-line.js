// Writes 2 MiB and no newline.
import { serve } from '../serve.js';

await serve({ run: () => '0 '.repeat(2 ** 20) });
