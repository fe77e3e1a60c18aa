/**
 * What the paper says, as data: one entry an equation, definition, proposition, example, model and figure, with what must hold.
 * Tests cite an entry with `paper('…')`; test/paper/requirements.test.ts fails where a built entry has no test, and
 * docs/paper-map.md is made from this list (node scripts/paperMap.mjs).
 */
export interface Requirement {
  /** Where in the paper it stands. */
  readonly place: string;
  readonly mustHold: string;
  /** 'planned': not built yet; the entry says what it must show. */
  readonly state: 'built' | 'planned';
  /** Where it is computed. */
  readonly source: readonly string[];
}

const equations = 'src/engine/equations/';
const theory = 'src/engine/theory/';
/** What the paper claims and no program needs is computed beside the tests that show it. */
const tests = 'test/engine/theory/';

export const requirements = {
  'eq-1': {
    place: 'Equation (1), Section 2.2: the two-step generator X = f2(f1(Z))',
    mustHold: 'Intervening on the hidden variable and running the rest gives the intervened X.',
    state: 'built',
    source: [`${theory}fig2.ts`],
  },
  'eq-2': {
    place: 'Equation (2), Section 2.2: the solution set',
    mustHold: 'Every member makes the same X as the truth, to 1e-12.',
    state: 'built',
    source: [`${equations}solutionSet.eq4.ts`, `${theory}solutionSetPropositions.ts`],
  },
  'eq-3': {
    place: 'Equation (3), Section 2.2: Model 1, X = k2 ⊗ k1 ⊗ Z',
    mustHold:
      'Circular convolution equals its defining sum and the product of transforms, to 1e-12, for prime lengths too.',
    state: 'built',
    source: [`${equations}circularConvolution.eq3.ts`],
  },
  'eq-4': {
    place: 'Equation (4), Section 2.3: the composed over-parameterisation set',
    mustHold: 'Members keep k̂1 k̂2; the set is closed under composition and inverse; kernels stay real.',
    state: 'built',
    source: [`${equations}solutionSet.eq4.ts`],
  },
  'eq-5': {
    place: 'Equation (5), Section 2.4: the extrapolated class',
    mustHold: 'One member for each stretch; classes are compared as sets.',
    state: 'built',
    source: [`${equations}extrapolatedClass.eq5.ts`],
  },
  'eq-6': {
    place: 'Equation (6), Section 2.5: the generic ratio',
    mustHold:
      'Enumerated for a finite group, sampled for any; 1 for a contrast that the group leaves as it is.',
    state: 'built',
    source: [`${equations}genericRatio.eq6.ts`],
  },
  'eq-7': {
    place: 'Equation (7), Section 2.7: the power contrast',
    mustHold: 'One value for all stretches that keep the eyes apart.',
    state: 'built',
    source: [`${equations}powerContrast.eq7.ts`],
  },
  'eq-8': {
    place: 'Equation (8), Section 2.7: the spectral density ratio',
    mustHold:
      'Equals NumPy; unchanged by scale, translation, flip and a constant on the map; 1 for one pixel and for white maps. In lags, as layers are measured, it is the same number.',
    state: 'built',
    source: [`${equations}spectralDensityRatio.eq8.ts`],
  },
  'eq-9': {
    place: 'Equation (9), Section 3.1: Model 2',
    mustHold: 'X = diag(a) diag(b) Z, and its contrast is <a² ⊙ b²>.',
    state: 'built',
    source: [`${equations}diagonalModel.eq9.ts`],
  },
  'eq-10': {
    place: 'Equation (10), Section 3.2: the loss with infinite data',
    mustHold: 'The descent is minus its gradient.',
    state: 'built',
    source: [`${equations}infiniteDataLoss.eq10.ts`],
  },
  'eq-11': {
    place: 'Equation (11), Section 3.2: the stochastic loss',
    mustHold: 'A step multiplies a² − b² by 1 − 4η²r², exactly.',
    state: 'built',
    source: [`${equations}stochasticLoss.eq11.ts`],
  },
  'eq-12': {
    place: "Equation (12), Section 3.3: ρ' of the moduli is ρ of the kernels",
    mustHold: 'Holds with moduli, to 1e-12, and does not with squared moduli as printed.',
    state: 'built',
    source: [`${equations}diagonalModel.eq9.ts`],
  },
  'eq-13': {
    place: 'Equation (13), Section 3.4: enforcing spectral independence',
    mustHold:
      'Is (ρ − 1)² <|k̂2|²>²; its steps, on a spectrum and on taps, normalised or not, are those of finite differences; descent takes ρ to 1 without a change of sign.',
    state: 'built',
    source: [`${equations}spectralIndependence.eq13.ts`],
  },
  'definition-1': {
    place: 'Definition 1, Section 2.5: G-equivalence',
    mustHold: 'Distance 0 between the classes of equivalent solutions, whatever the order of their members.',
    state: 'built',
    source: [`${equations}extrapolatedClass.eq5.ts`],
  },
  'definition-2': {
    place: 'Definition 2, Section 2.5: G-genericity',
    mustHold: 'The generic ratio is the contrast over its Haar average.',
    state: 'built',
    source: [`${equations}genericRatio.eq6.ts`],
  },
  'model-1': {
    place: 'Model 1, Section 2.2: linear two-layer convolutional network',
    mustHold:
      'Training in frequencies equals training in pixels; several channels keep the derived identity.',
    state: 'built',
    source: [`${theory}fourierDescent.ts`, `${tests}multiChannel.ts`],
  },
  'model-2': {
    place: 'Model 2, Section 3.1: diagonal model',
    mustHold:
      'Coordinates train by themselves; what the spectral step does to ρ and to extrapolation is measured.',
    state: 'built',
    source: [`${tests}diagonalDescent.ts`, `${equations}diagonalModel.eq9.ts`],
  },
  'example-1': {
    place: 'Example 1, Section 2.2: the eye generator',
    mustHold: 'Its spectral density ratio has a closed form, in one dimension and in two.',
    state: 'built',
    source: [`${theory}eyeGenerator.ts`],
  },
  'stretching-group': {
    place: 'Section 2.4: the multiplicative group S acts by stretching',
    mustHold: '(g·k)^(u) = k̂(g⁻¹u); a Haar average is the product of averages for every prime.',
    state: 'built',
    source: ['src/engine/math/stretchingGroup.ts', 'src/engine/math/haar.ts'],
  },
  'causal-direction': {
    place: 'Section 2.6: genericity and the direction of causation',
    mustHold:
      'Forward times backward is 1/(<|h|²><1/|h|²>) ≤ 1; random pairs are told apart as often as NumPy tells them.',
    state: 'built',
    source: [`${tests}causalDirection.ts`],
  },
  'proposition-1': {
    place: 'Proposition 1, Section 2.3',
    mustHold: 'Any other solution is a composed one.',
    state: 'built',
    source: [`${theory}solutionSetPropositions.ts`],
  },
  'proposition-2': {
    place: 'Proposition 2, Section 2.5',
    mustHold:
      'Classes coincide for a constant ω̂ and differ for a random one; the exception for special k1* is shown.',
    state: 'built',
    source: [`${theory}solutionSetPropositions.ts`],
  },
  'proposition-3': {
    place: 'Proposition 3, Section 2.5',
    mustHold: 'Equivalent solutions have ρ = 1.',
    state: 'built',
    source: [`${theory}genericityPropositions.ts`],
  },
  'proposition-4': {
    place: 'Proposition 4, Section 2.7',
    mustHold: 'The generic ratio of the power is equation (8); Example 1 is generic as the axis grows.',
    state: 'built',
    source: [`${theory}genericityPropositions.ts`],
  },
  'proposition-5': {
    place: 'Proposition 5, Section 3.1',
    mustHold: 'The generic ratio of Model 2 is <a² ⊙ b²>/(<a²><b²>).',
    state: 'built',
    source: [`${theory}genericityPropositions.ts`],
  },
  'proposition-6': {
    place: 'Proposition 6, Section 3.2',
    mustHold:
      'The balanced solution has ρ′ near (1 + CV²)² for six distributions, and the largest ρ of all solutions.',
    state: 'built',
    source: [`${theory}genericityPropositions.ts`],
  },
  'proposition-7': {
    place: 'Proposition 7, appendix (rebuilt)',
    mustHold: 'Proposition 2 for Model 2.',
    state: 'built',
    source: [`${theory}solutionSetPropositions.ts`],
  },
  'proposition-8': {
    place: 'Proposition 8, appendix (rebuilt): gradient flow',
    mustHold: 'Ends on ab = c at the closed form; a² − b² is conserved.',
    state: 'built',
    source: [`${theory}gradientFlow.ts`, `${theory}learningPropositions.ts`],
  },
  'proposition-9': {
    place: 'Proposition 9, appendix (rebuilt): stochastic gradient descent',
    mustHold: 'a² − b² decays at the predicted rate; chains gather at (√c0, √c0).',
    state: 'built',
    source: [`${theory}stochasticDescent.ts`, `${theory}learningPropositions.ts`],
  },
  'fig-1': {
    place: 'Figure 1, Section 2.1: FluoHair',
    mustHold:
      'A figure of held-out faces by colour, and a verdict on whether the hair changes at least 3 times as much as the rest; activation maps identical to the bit.',
    state: 'built',
    source: ['src/engine/experiments/fig1/fig1.ts', 'src/engine/interventions/fluoHair.ts'],
  },
  'fig-2': {
    place: 'Figure 2, Section 2.4: the eye generator and another solution',
    mustHold:
      'The same X at g = 1; stretched, the truth shows two eyes and the other solution interference, with the derived numbers.',
    state: 'built',
    source: [`${theory}fig2.ts`],
  },
  'fig-3a': {
    place: 'Figure 3a, Section 3.2: trajectories of gradient descent',
    mustHold:
      'The flow stays on a² − b², SGD drifts to the diagonal, other stochastic methods drift otherwise.',
    state: 'built',
    source: [`${theory}fig3a.ts`],
  },
  'fig-3b': {
    place: 'Figure 3b, Section 3.3: drift of Fourier coefficients',
    mustHold:
      '|k̂1|² and |k̂2|² meet; ρ climbs from .950 to about 2.10 at 40,000 steps, below its bound 2.206; the spectral step as measured.',
    state: 'built',
    source: [`${theory}fig3b.ts`],
  },
  'fig-4': {
    place: 'Figure 4, Section 4.1: stretching a VAE',
    mustHold:
      'The arrangement (a) to (g) from paired runs, and a verdict on whether the error of the fine level grows and is lower with the spectral step, whatever it is.',
    state: 'built',
    source: ['src/engine/experiments/fig4/fig4.ts', 'src/engine/analysis/stretchingError.ts'],
  },
  'fig-5': {
    place: 'Figure 5, Section 4.2: spectral density ratios of decoder and encoder',
    mustHold:
      'Histograms of both sides beside random filters, crossed pairs and the untrained network; decoder medians from 0.85 to 1.35 and a broader encoder at every hidden level are held to at the compact scale.',
    state: 'built',
    source: ['src/engine/experiments/fig5/fig5.ts', 'src/engine/analysis/networkSdr.ts'],
  },
  gan: {
    place: 'Section 4.2 and Supplementary Figure 5: the same for a GAN',
    mustHold:
      'The histograms and the table of Figure 5 for the generator and the discriminator of the DCGAN.',
    state: 'built',
    source: ['src/engine/experiments/fig5/fig5.ts', 'src/engine/models/dcgan.ts'],
  },
} as const satisfies Readonly<Record<string, Requirement>>;

export type RequirementId = keyof typeof requirements;

/** Put this into the name of a test: it cites the entry, and names its place where the test fails. */
export function paper(...ids: [RequirementId, ...RequirementId[]]): string {
  return `[${ids.map((id) => requirements[id].place).join('; ')}]`;
}
