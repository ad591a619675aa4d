// Answers a goodbye, and stays.
import { serve } from '../serve.js';

setInterval(() => undefined, 1000);
await serve();
