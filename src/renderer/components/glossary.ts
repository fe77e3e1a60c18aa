/** A term of the field or of the Studio: its gloss of at most 140 characters, and the place in the guide that says more. */
export interface Gloss {
  term: string;
  gloss: string;
  /** A heading of docs/user-guide.md as a link names it. */
  more: string;
}

/**
 * One name for each thing, used on all pages, in the command line, in reports and in the guide, whose chapter "Glossary" has
 * the same words (a test holds them equal). In the order of the alphabet.
 */
export const glossary = {
  activationMap: {
    term: 'activation map',
    gloss: 'The small picture that a channel holds for one face. Later layers draw from these maps.',
    more: 'a-few-words',
  },
  agreement: {
    term: 'agreement',
    gloss:
      'How alike two halves of the measurement group the channels, corrected for chance: 1 the same, 0 as by chance.',
    more: 'channels',
  },
  beta: {
    term: 'β',
    gloss:
      'The weight of the KL divergence in what training minimises. Larger: smoother latents and softer pictures.',
    more: 'train',
  },
  betaVae: {
    term: 'β-VAE',
    gloss:
      'A model with an encoder and a decoder: it draws pictures from latents, and finds the latents of a picture.',
    more: 'a-few-words',
  },
  cell: {
    term: 'cell',
    gloss: 'One run of a sweep: one combination of the values that vary. Its folder lies in the sweep’s.',
    more: 'several-trainings-a-sweep',
  },
  channel: {
    term: 'channel',
    gloss: 'The place in a level where one map arises. The fine level of the bundled model has 32.',
    more: 'a-few-words',
  },
  checkpoint: {
    term: 'checkpoint',
    gloss: 'The model as it was saved at a step. Any can be looked at; training continues from the last.',
    more: 'a-few-words',
  },
  crossedPairs: {
    term: 'crossed pairs',
    gloss:
      'A control: each filter with another filter’s map. If it looks the same, it does not matter whose map it is.',
    more: 'sdr-spectral-density-ratio',
  },
  dcgan: {
    term: 'DCGAN',
    gloss:
      'A model of two networks: one draws, the other tells drawn pictures from real ones. It has no encoder.',
    more: 'a-few-words',
  },
  filter: {
    term: 'filter',
    gloss:
      'The small grid of weights (5 × 5) with which a layer turns one map into a part of the next. Also: kernel.',
    more: 'a-few-words',
  },
  fluoHair: {
    term: 'FluoHair',
    gloss:
      'Recolours hair by changing only those of the last layer’s filters that belong to the hair’s channels.',
    more: 'fluohair',
  },
  gate: {
    term: 'gate',
    gloss:
      'Says for each pixel whether a part, such as the hair, is there, so that a recipe changes that part alone.',
    more: 'teach-a-part',
  },
  heldOut: {
    term: 'held out',
    gloss: 'Pictures that training never sees. They are kept for measuring.',
    more: 'data',
  },
  independence: {
    term: 'independence of mechanisms',
    gloss:
      'The paper’s idea: the parts of a good model carry no information about each other, so each can be changed alone.',
    more: 'analyse',
  },
  influenceMap: {
    term: 'influence map',
    gloss: 'Where the picture changes, on average, if one channel is taken from another face.',
    more: 'channels',
  },
  k: {
    term: 'K',
    gloss:
      'How many modules the channels of a level are grouped into. It is chosen by agreement; − and + try others.',
    more: 'channels',
  },
  kl: {
    term: 'KL',
    gloss:
      'Kullback–Leibler divergence, in nats: how much the latents tell of a picture. Near 0, all pictures look alike.',
    more: 'train',
  },
  latent: {
    term: 'latent',
    gloss:
      'One of the few numbers from which a model draws a picture. For seeds they lie around 0, seldom beyond 2.',
    more: 'explore',
  },
  level: {
    term: 'level',
    gloss:
      'One of the decoder’s last layers: coarse (nearest to the latents), intermediate, fine and image; small generators lack the first.',
    more: 'a-few-words',
  },
  module: {
    term: 'module',
    gloss:
      'Channels of a level that change the same part of the picture, such as the hair. Found without labels.',
    more: 'channels',
  },
  mse: {
    term: 'MSE',
    gloss:
      'Mean squared error between pictures whose pixels run from −1 to 1. 0.011 is a typical error of 13 of 255.',
    more: 'train',
  },
  nearOne: {
    term: 'near 1',
    gloss: 'The share of pairs whose SDR lies between 0.75 and 1.25, the grey band.',
    more: 'sdr-spectral-density-ratio',
  },
  overContrast: {
    term: 'over contrast',
    gloss:
      'The error divided by how much neighbouring pixels differ, so that soft and sharp models can be compared.',
    more: 'analyse',
  },
  preset: {
    term: 'preset',
    gloss: 'A set of sizes and rates to start from: compact, photographs, or as in the paper’s code.',
    more: 'train',
  },
  queue: {
    term: 'queue',
    gloss:
      'Runs that wait for a free slot. They begin in their order, as many side by side as threads or GPUs allow.',
    more: 'several-runs-the-queue',
  },
  randomFilters: {
    term: 'random filters',
    gloss:
      'A control: filters of chance on the same maps. If they are nearer to 1, the model’s filters earn no credit.',
    more: 'sdr-spectral-density-ratio',
  },
  recipe: {
    term: 'recipe',
    gloss:
      'Interventions in order, such as “hair to magenta, then stretch the intermediate level”, kept as a file.',
    more: 'photos-history-recipes',
  },
  sdr: {
    term: 'SDR',
    gloss:
      'Spectral density ratio (eq. 8) of a filter and its map. 1: they ignore each other, as independent parts would.',
    more: 'sdr-spectral-density-ratio',
  },
  seed: {
    term: 'seed',
    gloss: 'The number that decides the latents: a model always draws the same picture from the same seed.',
    more: 'a-few-words',
  },
  spectralStep: {
    term: 'spectral step',
    gloss:
      'After each training step, moves filters so that their spectra become independent of their maps’ (eq. 13).',
    more: 'train',
  },
  spread: {
    term: 'spread',
    gloss:
      'The share of the picture over which a difference extends: 1 is all of it evenly, small is well localised.',
    more: 'analyse',
  },
  stability: {
    term: 'stability',
    gloss: 'The share of a module’s channels on which two halves of the measurement agree.',
    more: 'channels',
  },
  stretching: {
    term: 'stretching',
    gloss: 'Pulling all maps of a level wider or higher about the centre, instead of the finished picture.',
    more: 'the-stretch-bench',
  },
  stretchingError: {
    term: 'stretching error',
    gloss:
      'Mean squared error between a picture drawn from stretched maps and the stretched picture. 0: the same.',
    more: 'analyse',
  },
  sweep: {
    term: 'sweep',
    gloss: 'Several runs that differ in a few settings: one for each combination of the values that vary.',
    more: 'several-trainings-a-sweep',
  },
  untrained: {
    term: 'untrained',
    gloss: 'A control: the same network before its first training step.',
    more: 'sdr-spectral-density-ratio',
  },
  withBorders: {
    term: 'with borders',
    gloss:
      'The error of whole pictures. The MSE leaves out eight pixels at the borders, which zero padding brightens.',
    more: 'analyse',
  },
} as const satisfies Record<string, Gloss>;

export type TermName = keyof typeof glossary;
