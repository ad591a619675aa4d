// Speaks none of these versions.
import { serve, json } from '../serve.js';

await serve({ hello: ({ id }) => json(id, { refuse: 'only version 7' }) });
