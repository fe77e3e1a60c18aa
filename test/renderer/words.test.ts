import { describe, expect, it } from 'vitest';
import { thin, within } from '../../src/renderer/charts/series.ts';
import { complaintAbout, settingsOf } from '../../src/renderer/pages/train/modelSettings.ts';
import { commandOf, draftFrom, emptyDraft, requestFrom } from '../../src/renderer/pages/train/runDraft.ts';
import { shellWord } from '../../src/commandLine/typed.ts';
import { bytes, count, counted, duration, figure, when } from '../../src/renderer/words.ts';

// Expected texts: the mock-ups' README, "Numbers", and what they show.
describe('numbers in words', () => {
  it.each([
    [31240, '31,240'],
    [-5, '−5'],
  ])('count %d', (value, text) => {
    expect(count(value)).toBe(text);
  });

  it.each([
    [0.0195, '0.0195'],
    [80.2, '80.2'],
    [1, '1.00'],
    [999.96, '1,000'],
    [12345, '12,345'],
    [0.00001234, '1.23 × 10⁻⁵'],
    [-0.5, '−0.500'],
    [0, '0'],
  ])('figure %d', (value, text) => {
    expect(figure(value)).toBe(text);
  });

  it.each([
    [45, '45 s'],
    [90, '1 min 30 s'],
    [4320, '1 h 12 min'],
    [7200, '2 h'],
  ])('duration %d', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  it('one and many, bytes, days', () => {
    expect([counted(1, 'face'), counted(600, 'face'), bytes(2_488_320_000)]).toEqual([
      '1 face',
      '600 faces',
      '2.5 GB',
    ]);
    const now = new Date(2026, 10, 25, 12);
    const days = [25, 24, 20].map((day) => when(new Date(2026, 10, day, 9, 14).toISOString(), now));
    expect(days).toEqual(['today, 09:14', 'yesterday, 09:14', 'Fri, 09:14']);
  });

  it('quotes what a shell would read', () => {
    expect([shellWord('/data/faces'), shellWord("my faces' set")]).toEqual([
      '/data/faces',
      `'my faces'\\'' set'`,
    ]);
  });
});

describe('charts', () => {
  it('thins a long line without losing its highest, its lowest and its last point', () => {
    const points = Array.from({ length: 5000 }, (_, x) => ({
      x,
      y: x === 1234 ? 99 : x === 4321 ? -99 : Math.sin(x),
    }));
    const kept = thin(points, false, 400);
    expect(kept.length).toBeLessThanOrEqual(402);
    expect([
      Math.max(...kept.map(({ y }) => y)),
      Math.min(...kept.map(({ y }) => y)),
      kept.at(-1)?.x,
    ]).toEqual([99, -99, 4999]);
    expect(kept.every(({ x }, index) => index === 0 || x > kept[index - 1]!.x)).toBe(true);
  });

  it('keeps the beginning of a long line, and more of it where the axis of steps is logarithmic', () => {
    const points = Array.from({ length: 5000 }, (_, at) => ({ x: at + 1, y: Math.cos(at) }));
    const early = (isLog: boolean): number => thin(points, isLog, 400).filter(({ x }) => x <= 50).length;
    expect(thin(points, true, 400)[0]).toEqual({ x: 1, y: 1 });
    expect([early(false) < 6, early(true) > 40]).toEqual([true, true]);
  });

  it('cuts a line to a range with a point more at either side, so that it reaches the edges', () => {
    const points = [1, 2, 4, 8, 16].map((x) => ({ x, y: x }));
    const xs = (from: number, to: number): number[] => within(points, { from, to }).map(({ x }) => x);
    expect([xs(3, 9), xs(0, 100), xs(20, 30), xs(2, 4)]).toEqual([
      [2, 4, 8, 16],
      [1, 2, 4, 8, 16],
      [16],
      [1, 2, 4, 8],
    ]);
    expect(within(points, null)).toBe(points);
  });
});

describe('the form of a new run', () => {
  it('asks for what it shows, and says so as a command', () => {
    const draft = {
      ...emptyDraft,
      data: 'my faces',
      steps: 60,
      hyperParameters: { latent: 8, encoder: 'mirrored' },
      isSpectral: true,
    };
    expect(requestFrom(draft)).toMatchObject({
      request: { data: 'my faces', steps: 60, preset: 'compact', spectral: { gamma: 0.1 } },
    });
    expect(commandOf(draft)).toBe(
      "extrapolate train --data 'my faces' --steps 60 --latent 8 --encoder mirrored --spectral",
    );
  });

  it('starts nothing without a folder, or with a value outside its range', () => {
    expect(requestFrom(emptyDraft)).toEqual({ missing: 'Choose a folder of images.' });
    const width = settingsOf('vae').find(({ name }) => name === 'width')!;
    expect([complaintAbout(width, 16), complaintAbout(width, 1)]).toEqual([
      undefined,
      'A whole number from 2 to 256.',
    ]);
    const wrong = { ...emptyDraft, data: 'faces', steps: 2.5, checkpointEvery: 0, seed: 'ten' };
    expect(requestFrom({ ...wrong, hyperParameters: { width: 1, klWeight: 'x' } })).toEqual({
      missing: [
        'Steps: a whole number, 1 or more.',
        'Seed: a whole number, 0 or more.',
        'Checkpoint every: a whole number, 1 or more, or nothing.',
        'Width: a whole number from 2 to 256.',
        'KL weight: a number from 0 to 10.',
      ].join(' '),
    });
  });

  it('is filled by an earlier run with the same settings', () => {
    const draft = { ...emptyDraft, data: 'faces', checkpointEvery: 100, hyperParameters: { batch: 8 } };
    const asked = requestFrom(draft);
    expect('request' in asked && draftFrom(asked.request)).toEqual(draft);
  });

  it('has the settings of the chosen model, and asks for a DCGAN as it does for a β-VAE', () => {
    expect(settingsOf('dcgan').map(({ name }) => name)).toEqual([
      'width',
      'latent',
      'batch',
      'learningRate',
      'beta1',
      'beta2',
    ]);
    const draft = {
      ...emptyDraft,
      data: 'faces',
      model: 'dcgan' as const,
      crop: 'dcgan' as const,
      hyperParameters: { width: 24 },
    };
    const asked = requestFrom(draft);
    expect(asked).toMatchObject({ request: { model: 'dcgan', hyperParameters: { width: 24 } } });
    expect('request' in asked && draftFrom(asked.request)).toEqual(draft);
    expect(commandOf(draft)).toBe('extrapolate train --data faces --model dcgan --steps 3000 --width 24');
  });
});
