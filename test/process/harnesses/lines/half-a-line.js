// Stops in the middle of its reply to an init.
import { serve } from '../serve.js';

await serve({ init: () => '{"id":1,"rea' });
