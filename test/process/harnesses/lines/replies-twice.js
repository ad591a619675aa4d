// Says everything twice.
import { serve } from '../serve.js';

await serve({ init: (_, usual) => usual() + usual() });
