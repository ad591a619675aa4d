// Never answers the hello.
import { serve } from '../serve.js';

await serve({ hello: () => undefined });
