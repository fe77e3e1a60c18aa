import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cacheBase } from '../../src/engine/data/cacheFolder.ts';

/** Where Slurm's programs are; the last three only where they were unpacked and not installed. */
export interface SlurmPrograms {
  path: string;
  libraries?: string;
  plugins?: string;
  stepDaemon?: string;
}

const needed = ['sbatch', 'squeue', 'slurmctld', 'slurmd', 'munged'];
const packages = [
  ...['slurmctld', 'slurmd', 'slurm-client', 'slurm-wlm-basic-plugins'],
  ...['munge', 'libmunge2', 'libhwloc15', 'liblua5.1-0'],
];
const install = 'Slurm is not installed (apt-get install slurm-wlm munge)';

/** Slurm as it is installed, or as Debian's packages unpacked into the cache folder: 14 MB; or why there is none. */
export function slurmPrograms(): SlurmPrograms | { missing: string } {
  if (process.platform !== 'linux') return { missing: 'Slurm runs on Linux alone' };
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
  if (hasAll(path)) return { path };
  const folder = join(cacheBase(), 'test-slurm');
  if (!existsSync(folder)) {
    const failure = unpackInto(folder);
    if (failure !== undefined) return { missing: `${install} and cannot be fetched: ${failure}` };
  }
  const usr = join(folder, 'usr');
  const libraries = readdirSync(join(usr, 'lib'))
    .map((name) => join(usr, 'lib', name))
    .find((place) => existsSync(join(place, 'slurm-wlm')));
  const unpacked = `${join(usr, 'bin')}:${join(usr, 'sbin')}:${path}`;
  if (libraries === undefined || !hasAll(unpacked)) return { missing: `${install}; ${folder} is not whole` };
  const plugins = join(libraries, 'slurm-wlm');
  const stepDaemon = join(usr, 'sbin', 'slurmstepd-wlm');
  return { path: unpacked, libraries: `${libraries}:${plugins}`, plugins, stepDaemon };
}

function hasAll(path: string): boolean {
  const folders = path.split(':').filter(Boolean);
  return needed.every((program) => folders.some((folder) => existsSync(join(folder, program))));
}

/** Fetches and unpacks; nothing of the system is changed. @returns why it could not be done */
function unpackInto(folder: string): string | undefined {
  mkdirSync(cacheBase(), { recursive: true });
  const work = mkdtempSync(join(cacheBase(), 'test-slurm-part-'));
  try {
    const own = ['-o', `Dir::State::Lists=${join(work, 'lists')}`, '-o', `Dir::Cache=${join(work, 'cache')}`];
    for (const name of ['lists/partial', 'cache', 'root']) mkdirSync(join(work, name), { recursive: true });
    const fetched =
      run(work, 'apt-get', [...own, '-qq', 'update']) ??
      run(work, 'apt-get', [...own, '-qq', 'download', ...packages]);
    if (fetched !== undefined) return fetched;
    for (const file of readdirSync(work).filter((name) => name.endsWith('.deb'))) {
      const failure = run(work, 'dpkg-deb', ['-x', file, 'root']);
      if (failure !== undefined) return failure;
    }
    // The names that installing makes.
    for (const name of ['slurmctld', 'slurmd']) {
      symlinkSync(`${name}-wlm`, join(work, 'root', 'usr', 'sbin', name));
    }
    renameSync(join(work, 'root'), folder);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function run(cwd: string, program: string, args: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8', timeout: 60_000 });
  if (status === 0) return undefined;
  return error?.message ?? stderr.trim().split('\n').at(-1) ?? `${program} failed`;
}
