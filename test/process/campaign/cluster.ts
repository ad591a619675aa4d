/** A cluster of Slurm on this machine alone, for a test: its daemons, started in a folder of their own and ended again. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { randomBytes } from 'node:crypto';
import { sleep } from '../started.ts';
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { ChildProcess } from 'node:child_process';

/** Programs that must be there; the daemons only start as root. */
const PROGRAMS = ['slurmctld', 'slurmd', 'sbatch', 'sinfo', 'munged'];

/** Why there can be no cluster here; undefined if there can. */
export function noCluster(): string | undefined {
  const missing = PROGRAMS.filter((program) => spawnSync('which', [program]).status !== 0);
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  return process.getuid?.() === 0 ? undefined : 'its daemons need root';
}

/** Returns a port that is free at the moment. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

function configuration(folder: string, [control, node]: readonly [number, number]): string {
  const host = hostname().split('.')[0] ?? 'localhost';
  return [
    'ClusterName=one',
    `SlurmctldHost=${host}(127.0.0.1)`,
    'SlurmUser=root',
    `SlurmctldPort=${control}`,
    `SlurmdPort=${node}`,
    'AuthType=auth/munge',
    `AuthInfo=socket=${folder}/socket`,
    'ProctrackType=proctrack/linuxproc',
    'TaskPlugin=task/none',
    'SelectType=select/cons_tres',
    'SelectTypeParameters=CR_Core',
    'SwitchType=switch/none',
    'MpiDefault=none',
    'JobAcctGatherType=jobacct_gather/none',
    `StateSaveLocation=${folder}/state`,
    `SlurmdSpoolDir=${folder}/spool`,
    `SlurmctldPidFile=${folder}/slurmctld.pid`,
    `SlurmdPidFile=${folder}/slurmd.pid`,
    'SlurmdParameters=config_overrides',
    'ReturnToService=2',
    `NodeName=${host} NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN`,
    'PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP',
    '',
  ].join('\n');
}

/** A cluster that is up. */
export class Cluster {
  readonly env: NodeJS.ProcessEnv;
  readonly #daemons: readonly ChildProcess[];

  private constructor(env: NodeJS.ProcessEnv, daemons: readonly ChildProcess[]) {
    this.env = env;
    this.#daemons = daemons;
  }

  /** Starts one in a folder. Throws if it is not up after a while. */
  static async start(folder: string): Promise<Cluster> {
    for (const one of ['state', 'spool']) mkdirSync(`${folder}/${one}`);
    chmodSync(folder, 0o711);
    writeFileSync(`${folder}/key`, randomBytes(1024), { mode: 0o400 });
    writeFileSync(`${folder}/slurm.conf`, configuration(folder, [await freePort(), await freePort()]));
    const env = { ...process.env, SLURM_CONF: `${folder}/slurm.conf` };
    const files = ['key-file', 'socket', 'pid-file', 'log-file', 'seed-file'];
    const munge = files.map((name) => `--${name}=${folder}/${name === 'key-file' ? 'key' : name}`);
    const start = (program: string, ...words: readonly string[]): ChildProcess =>
      spawn(program, words, { env, stdio: 'ignore' });
    const daemons = [start('munged', '--foreground', '--force', ...munge)];
    for (let tries = 0; tries < 100 && spawnSync('test', ['-S', `${folder}/socket`]).status !== 0; tries++)
      await sleep(100);
    daemons.push(start('slurmctld', '-D'), start('slurmd', '-D'));
    const cluster = new Cluster(env, daemons);
    for (let tries = 0; tries < 300; tries++) {
      if (spawnSync('sinfo', ['--noheader', '--format=%T'], { env, encoding: 'utf8' }).stdout.includes('idle'))
        return cluster;
      await sleep(100);
    }
    await cluster.stop();
    throw new Error(`no cluster in ${folder}: ${readFileSync(`${folder}/log-file`, 'utf8')}`);
  }

  /** Ends every daemon, the last one started first. */
  async stop(): Promise<void> {
    for (const one of this.#daemons.toReversed()) {
      const ended = one.exitCode !== null || one.signalCode !== null;
      const exit = ended ? undefined : new Promise((resolve) => one.once('exit', resolve));
      one.kill('SIGTERM');
      const timer = setTimeout(() => one.kill('SIGKILL'), 10_000);
      await exit;
      clearTimeout(timer);
    }
  }
}
