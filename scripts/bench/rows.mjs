/**
 * A way to do the work of a row: a program that prints one JSON line with `median_ms` and `peer`.
 *
 * @typedef {{ label: string, program: 'node' | 'python', args: string[], env?: Record<string, string>, needs?: string[],
 *   compared: boolean }} Way compared: a ratio is told of it; `needs`: the modules of Python
 *
 * What is measured: by its ways in turn, by the pages' questions, or by starts.
 *
 * @typedef {{ name: string, group: string, title: string } & (
 *   { kind: 'ways', ways: Way[], photographs?: true } | { kind: 'pages', only?: string, crowd?: string[] } | { kind: 'start' })} Row
 */

/** Stands in the arguments of a way for the folder with photographs. */
export const photographsFolder = 'PHOTOGRAPHS';
/** Of a folder; and how many are made where none is named. */
export const photographs = 1000;

/** Width, channels of the fine level, latents. */
const compact = ['16', '32', '64'];
const paper = ['64', '32', '128'];

/**
 * A training step; the size is width, batch, latent dimensions, steps a round.
 *
 * @param {string} name
 * @param {'β-VAE' | 'DCGAN'} model
 * @param {readonly number[]} size
 * @returns {Row}
 */
function step(name, model, size) {
  const [ours, peer] =
    model === 'β-VAE' ? ['bench.js', 'vae_step_torch.py'] : ['benchDcgan.js', 'dcgan_step_torch.py'];
  const args = size.map(String);
  const [width, batch, latent] = args;
  return {
    name,
    group: 'step',
    title: `${model} step, width ${width}, batch ${batch}, ${latent} latents`,
    kind: 'ways',
    ways: [
      { ...built(ours, args), env: { EXTRAPOLATION_STEP: '' } },
      { ...built(ours, args), label: 'op by op', env: { EXTRAPOLATION_STEP: 'eager' }, compared: true },
      peerOf('PyTorch', peer, args, ['torch']),
    ],
  };
}

/**
 * @param {string} program in out/main
 * @param {string[]} args
 * @returns {Way}
 */
function built(program, args) {
  return { label: '', program: 'node', args: [`out/main/${program}`, ...args], compared: false };
}

/**
 * @param {string} label
 * @param {string} script in test/bench
 * @param {string[]} args
 * @param {string[]} needs
 * @returns {Way}
 */
function peerOf(label, script, args, needs) {
  return { label, program: 'python', args: [`test/bench/${script}`, ...args], needs, compared: true };
}

/**
 * A piece of work of `benchPieces.js` against its peer, which takes the same arguments.
 *
 * @param {string} name
 * @param {string} title
 * @param {string[]} piece its name, then arguments
 * @param {{ label: string, script: string, needs: string[] }} peer
 * @returns {Row}
 */
function analysis(name, title, piece, { label, script, needs }) {
  const ways = [built('benchPieces.js', piece), peerOf(label, script, piece.slice(1), needs)];
  return { name, group: 'analysis', title, kind: 'ways', ways };
}

/**
 * @param {string} name
 * @param {string} level
 * @returns {Row}
 */
function influence(name, level) {
  return analysis(
    name,
    `influence maps of 32 channels, ${level} level, 64 pairs`,
    ['influence', ...compact, level, '64', '16', '3'],
    { label: 'PyTorch', script: 'influence_torch.py', needs: ['torch'] },
  );
}

/**
 * Decoding with a generator of PyTorch's DCGAN example, against PyTorch itself.
 *
 * @type {Row}
 */
const importedDcgan = analysis(
  'imported-dcgan',
  '36 pictures of an imported DCGAN of PyTorch, width 64',
  ['imported', '64', '100', '36', '15'],
  { label: 'PyTorch', script: 'imported_torch.py', needs: ['torch'] },
);

const packed = [photographsFolder, String(photographs)];

/** @type {readonly Row[]} */
export const rows = [
  step('vae-compact', 'β-VAE', [16, 32, 64, 30]),
  step('vae-medium', 'β-VAE', [32, 64, 128, 10]),
  step('vae-paper', 'β-VAE', [64, 64, 512, 4]),
  step('dcgan-compact', 'DCGAN', [16, 32, 64, 30]),
  step('dcgan-medium', 'DCGAN', [32, 64, 100, 10]),
  {
    name: 'packing',
    group: 'packing',
    title: 'photographs packed as squares',
    kind: 'ways',
    photographs: true,
    ways: [
      built('benchPieces.js', ['packing', ...packed, '2', '3']),
      {
        ...built('benchPieces.js', ['packing', ...packed, '1', '3']),
        label: 'sharp (`decoding` 1)',
        compared: true,
      },
      peerOf('Pillow, two processes', 'packing_pillow.py', [...packed, '3'], ['PIL', 'numpy']),
    ],
  },
  importedDcgan,
  influence('influence-fine', 'fine'),
  influence('influence-intermediate', 'intermediate'),
  analysis(
    'stretching',
    'stretching errors of 256 pictures, three levels',
    ['stretching', ...compact, '256', '1.2', '3'],
    { label: 'PyTorch', script: 'stretching_torch.py', needs: ['torch'] },
  ),
  analysis(
    'sdr',
    'spectral density ratios of the paper model’s decoder, 102,496 pairs, 64 pictures',
    ['sdr', ...paper, '64', '8', '3'],
    { label: 'SciPy’s FFT, two workers', script: 'sdr_scipy.py', needs: ['scipy', 'numpy'] },
  ),
  analysis(
    'nmf',
    'factorisation of 32 maps of 32 × 32, 6 parts, 300 updates, 5 starts',
    ['nmf', '32', '32', '6', '300', '5', '3'],
    { label: 'scikit-learn', script: 'nmf_sklearn.py', needs: ['sklearn'] },
  ),
  {
    name: 'fluohair',
    group: 'latency',
    title: 'FluoHair on 36 seeds, from question to pixels',
    kind: 'pages',
    only: 'fluoHair',
  },
  { name: 'pages', group: 'latency', title: 'a question of the Studio’s pages', kind: 'pages' },
  {
    name: 'crowd',
    group: 'latency',
    title: '20 pages, 1,000 runs, a million lines of measurements, 202,599 pictures',
    kind: 'pages',
    crowd: ['--clients', '20', '--runs', '1000', '--lines', '1000000', '--files', '202599'],
  },
  { name: 'start', group: 'start', title: 'from `npm start` to a page that can be used', kind: 'start' },
];

/**
 * The rows of names and groups, in their own order; all where none is named.
 *
 * @param {readonly string[]} names
 * @returns {Row[]}
 * @throws {RangeError} for a name that neither a row nor a group has
 */
export function rowsNamed(names) {
  const unknown = names.filter((name) => !rows.some((row) => row.name === name || row.group === name));
  if (unknown.length > 0) {
    throw new RangeError(`There is no row named ${unknown.join(', ')}: "npm run bench -- list" names them.`);
  }
  return rows.filter(
    ({ name, group }) => names.length === 0 || names.includes(name) || names.includes(group),
  );
}
