/** Boot memory as a kind that the judge can judge. */
import { BOOT_SIGHTS } from './sights.ts';
import { bootSource } from './source.ts';
import { bootToken } from './wire.ts';
import { connectBoot } from './port.ts';
import { counted } from '../../show.ts';
import { driveBoot } from './drive.ts';
import { parseBootCase, saveBoot } from './saved.ts';
import { simplerBoot, without } from './simpler.ts';
import type { BootCase } from './case.ts';
import type { BootCoverage } from './sights.ts';
import type { BootPort } from './port.ts';
import type { Clause } from '../../../protocol/index.ts';
import type { Hello } from '../../judge/subject.ts';
import type { Kind } from '../../judge/kind.ts';

const nodeText = ({ end, map, pageSize, start }: BootCase['nodes'][number]): string =>
  `pages ${start} to ${end - 1}${pageSize === undefined ? '' : ` of ${pageSize} bytes`}, its map from page ${map} on`;

/** No answer tells what granted memory holds, and misuse is sent only to those that say they detect it. */
const notObservable = ({ features }: Hello): readonly Clause[] =>
  features.has('boot:misuse') ? ['BOOT-13'] : ['BOOT-4', 'BOOT-6', 'BOOT-7', 'BOOT-13'];

/** Boot memory, and its retirement into zones. */
export const BOOT: Kind<BootPort, BootCase> = {
  name: 'boot',
  title: 'boot memory',
  feature: 'boot',
  sights: BOOT_SIGHTS,
  claims: ['complete', 'placement:linux-2.4'],
  notObservable,
  connect: connectBoot,
  source: bootSource,
  run: (port, of, how) => driveBoot(port, of, { ...how, coverage: how.coverage as BootCoverage }),
  length: ({ script }) => script.length,
  without,
  simpler: simplerBoot,
  elsewhere: () => [],
  primer: () => undefined,
  save: saveBoot,
  parse: parseBootCase,
  describe: ({ nodes, script }) => [
    ...nodes.map((node, at) => `node ${at}: ${nodeText(node)}`),
    `${script.map(bootToken).join(' ')}   (${counted(script.length, 'operation')})`,
  ],
};
