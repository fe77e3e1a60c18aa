import { StudioError } from '../../../contract/errors.ts';

/** What a command of Slurm said that failed. */
export interface Refusal {
  program: string;
  /** As typed, for the sentence. */
  asked: readonly string[];
  stderr: string;
  /** The system's code where it did not even start: ENOENT. */
  code?: string;
}

const notHere =
  'Slurm’s commands (sbatch, squeue, scancel) are not on this machine. Start the sweep where they are, such as the cluster’s login node, or leave out --engine slurm to train here.';

/** What Slurm's own words mean for a person, and what helps; the first that is found counts. */
const sentences: readonly [words: RegExp, code: 'unavailable' | 'wrong-usage', sentence: string][] = [
  [
    /munge|authentication|Invalid credential/i,
    'unavailable',
    'Slurm cannot check who asks: munge does not run on this machine, or has another key than the cluster. Ask who looks after the cluster, or start munge.',
  ],
  [
    // The last is what "scontrol requeue" says then.
    /Unable to contact slurm controller|Socket timed out|Zero Bytes were transmitted|Unexpected message received/i,
    'unavailable',
    'Slurm’s controller (slurmctld) does not answer. Cells that run go on; try again in some minutes.',
  ],
  [
    /Could not establish a configuration source|Unable to process configuration|slurm\.conf/i,
    'unavailable',
    'Slurm is installed here but belongs to no cluster: it finds no slurm.conf. Use the cluster’s login node, or name the file in SLURM_CONF.',
  ],
  [
    /Invalid partition name|No partition specified/i,
    'wrong-usage',
    'There is no such partition on this cluster. "sinfo" lists them; choose one with --partition.',
  ],
  [
    /Invalid account|account\/partition combination/i,
    'wrong-usage',
    'Slurm does not take this account, or not on this partition. "sacctmgr show associations user=$USER" lists yours; choose one with --account.',
  ],
  [/Invalid qos/i, 'wrong-usage', 'Slurm does not take this QOS. Choose another one with --sbatch --qos=….'],
  [
    /Invalid generic resource|Invalid Trackable RESource/i,
    'wrong-usage',
    'This cluster has no resource of the kind that --gres asks for. "sinfo -o %G" lists what there is, such as gpu:1.',
  ],
  [
    /Requested node configuration is not available|Node count specification invalid|More processors requested/i,
    'wrong-usage',
    'No node of the cluster has what a cell asks for. "sinfo -o \'%P %c %m %G\'" lists CPUs, memory and GPUs of the nodes; ask for less.',
  ],
  [
    /Invalid feature/i,
    'wrong-usage',
    'No node has the feature that --constraint asks for. "sinfo -o %f" lists them.',
  ],
  [
    /Invalid job array specification/i,
    'wrong-usage',
    'The sweep has more cells than this cluster takes in one array ("scontrol show config" has it as MaxArraySize). Make several sweeps of it.',
  ],
  [
    /violates accounting\/QOS policy|Job(s)? (submit )?limit|AssocMaxSubmit|QOSMaxSubmit/i,
    'wrong-usage',
    'Your account may not have so many or such large jobs in this cluster’s queue. Hand in fewer cells, or ask for a shorter --time.',
  ],
  [
    /Invalid --time|Requested time limit is invalid/i,
    'wrong-usage',
    'Slurm does not take this time limit. Write minutes, hours:minutes:seconds or days-hours, such as --time 2:00:00.',
  ],
  [
    /unrecognized option|invalid option|requires an argument|doesn't allow an argument|is ambiguous/i,
    'wrong-usage',
    'sbatch does not know an option of --sbatch. "man sbatch" lists them.',
  ],
];

/** The sentence for a command of Slurm that failed; what nobody foresaw is told in Slurm's own words. */
export function explainRefusal({ program, asked, stderr, code }: Refusal): StudioError {
  if (code === 'ENOENT') return new StudioError('unavailable', notHere);
  const said = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const known = sentences.find(([words]) => words.test(stderr));
  const own = said.findLast((line) => !line.startsWith('Try "')) ?? 'it failed without a word.';
  const words = own.replace(/^(s\w+: )?(\w+ error: |error: |fatal: )?(Batch job submission failed: )?/, '');
  if (known === undefined) {
    const options = asked.length === 0 ? '' : ` It was asked for ${asked.join(' ')}.`;
    return new StudioError(
      'unavailable',
      `Slurm refused (${program}): ${words}.${options}`.replace('..', '.'),
    );
  }
  const [, errorCode, sentence] = known;
  return new StudioError(errorCode, `${sentence} (Slurm: ${words.replace(/\.$/, '')})`);
}
