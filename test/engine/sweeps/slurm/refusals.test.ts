import { expect, it } from 'vitest';
import { explainRefusal } from '../../../../src/engine/sweeps/slurm/refusals.ts';

/** What Slurm 22.05.8 wrote on stderr, whole, and what a person is told first. */
const captured: readonly [stderr: string, code: string, sentence: RegExp][] = [
  [
    'sbatch: error: invalid partition specified: nix\nsbatch: error: Batch job submission failed: Invalid partition name specified\n',
    'wrong-usage',
    /^There is no such partition on this cluster\. .*--partition\. \(Slurm: Invalid partition name specified\)$/,
  ],
  [
    'sbatch: error: Batch job submission failed: Requested node configuration is not available\n',
    'wrong-usage',
    /^No node of the cluster has what a cell asks for\. .* ask for less\./,
  ],
  [
    'sbatch: error: Invalid generic resource (gres) specification\n',
    'wrong-usage',
    /^This cluster has no resource of the kind that --gres asks for\./,
  ],
  [
    'sbatch: error: Batch job submission failed: Invalid job array specification\n',
    'wrong-usage',
    /^The sweep has more cells than this cluster takes in one array .*MaxArraySize/,
  ],
  [
    'sbatch: error: Batch job submission failed: Invalid feature specification\n',
    'wrong-usage',
    /^No node has the feature/,
  ],
  [
    'sbatch: error: Invalid --time specification\n',
    'wrong-usage',
    /^Slurm does not take this time limit\. Write minutes/,
  ],
  [
    'sbatch: unrecognized option \'--frob=abc\'\nTry "sbatch --help" for more information\n',
    'wrong-usage',
    /^sbatch does not know an option of --sbatch\. .*\(Slurm: unrecognized option '--frob=abc'\)$/,
  ],
  [
    "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)\n",
    'wrong-usage',
    /^Your account may not have so many or such large jobs/,
  ],
  [
    'slurm_load_jobs error: Unable to contact slurm controller (connect failure)\n',
    'unavailable',
    /^Slurm’s controller \(slurmctld\) does not answer\. Cells that run go on; try again in some minutes\./,
  ],
  [
    'sbatch: error: s_p_parse_file: cannot stat file /nix: No such file or directory, retrying in 1sec up to 60sec\nsbatch: error: ClusterName needs to be specified\nsbatch: fatal: Unable to process configuration file\n',
    'unavailable',
    /^Slurm is installed here but belongs to no cluster: .*SLURM_CONF\..*\(Slurm: Unable to process configuration file\)$/,
  ],
  [
    'sbatch: error: resolve_ctls_from_dns_srv: res_nsearch error: Unknown host\nsbatch: error: fetch_config: DNS SRV lookup failed\nsbatch: error: _establish_config_source: failed to fetch config\nsbatch: fatal: Could not establish a configuration source\n',
    'unavailable',
    /^Slurm is installed here but belongs to no cluster: .*SLURM_CONF\./,
  ],
  [
    'sbatch: error: If munged is up, restart with --num-threads=10\nsbatch: error: Munge encode failed: Failed to access "/run/munge/munge.socket.2": No such file or directory (Did you start munged?)\nsbatch: error: slurm_send_node_msg: auth_g_create: REQUEST_SUBMIT_BATCH_JOB has authentication error\nsbatch: error: Batch job submission failed: Protocol authentication error\n',
    'unavailable',
    /^Slurm cannot check who asks: munge does not run on this machine.*\(Slurm: Protocol authentication error\)$/,
  ],
  [
    // Killed, so that its socket is left.
    'sinfo: error: If munged is up, restart with --num-threads=10\nsinfo: error: Munge encode failed: Failed to connect to "/run/munge/munge.socket.2": Connection refused\nsinfo: error: slurm_send_node_msg: auth_g_create: REQUEST_PARTITION_INFO has authentication error\nslurm_load_partitions: Protocol authentication error\n',
    'unavailable',
    /^Slurm cannot check who asks: .*\(Slurm: Protocol authentication error\)$/,
  ],
];

it.each(captured)('%j is told in a sentence with what to do', (stderr, code, sentence) => {
  const error = explainRefusal({ program: 'sbatch', asked: [], stderr });
  expect([error.code, error.message]).toEqual([code, expect.stringMatching(sentence)]);
});

it('no Slurm at all is told, with the way without it', () => {
  const error = explainRefusal({ program: 'sbatch', asked: [], stderr: '', code: 'ENOENT' });
  expect([error.code, error.message]).toEqual([
    'unavailable',
    'Slurm’s commands (sbatch, squeue, scancel) are not on this machine. Start the sweep where they are, such as the cluster’s login node, or leave out --engine slurm to train here.',
  ]);
});

it('what nobody foresaw is told in Slurm’s own words, with what was asked for', () => {
  const stderr = 'sbatch: error: Batch job submission failed: The moon is full\n';
  expect(explainRefusal({ program: 'sbatch', asked: ['--mem=1G'], stderr }).message).toBe(
    'Slurm refused (sbatch): The moon is full. It was asked for --mem=1G.',
  );
  expect(explainRefusal({ program: 'squeue', asked: [], stderr: '' }).message).toBe(
    'Slurm refused (squeue): it failed without a word.',
  );
});
