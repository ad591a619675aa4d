// Judges the zone of zone.js, with the fault that is named, for so many seconds, in so many cases; prints the summary.
import { judge, objectSubject, summary } from '../../../dist/conformance/index.js';

const [fault, seconds, cases] = process.argv.slice(2);
const module = new URL(`zone.js?fault=${fault}`, import.meta.url);
const claims = ['complete', 'best-fit'];
const subject = objectSubject({ kind: 'smp', name: 'zone', threads: 4, module, claims });
const judged = await judge(subject, { seconds: Number(seconds), cases: Number(cases), after: 15 });
process.stdout.write(`${JSON.stringify(summary(judged))}\n`);
