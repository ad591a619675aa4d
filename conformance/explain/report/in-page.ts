/** The script by which the playground explains a pasted log, as the command `explain` does: `page/build.js` puts it into the page. */
import { explain } from '../explain.ts';
import { readPasted } from '../read.ts';
import { report } from './report.ts';
import type { ExplainLog } from '../../../protocol/index.ts';

const explainLog: ExplainLog = (text) => {
  const read = readPasted(text);
  const explained = explain(read, {});
  return explained === undefined ? undefined : report(explained, read);
};

Object.assign(globalThis, { explainLog });
