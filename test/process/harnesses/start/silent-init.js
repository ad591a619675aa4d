// Never answers an init.
import { serve } from '../serve.js';

await serve({ init: () => undefined });
