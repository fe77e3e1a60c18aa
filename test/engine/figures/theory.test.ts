import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { theoryRouter } from '../../../src/engine/api/theoryRouter.ts';
import { fig2 } from '../../../src/engine/theory/fig2.ts';
import { fig3b } from '../../../src/engine/theory/fig3b.ts';
import oracle from '../../oracles/theory.json' with { type: 'json' };
import { paper } from '../../paper/requirements.ts';

const theory = createRouterClient(theoryRouter, { context: {} });

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'extrapolation-theory-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const refused = z.object({ data: z.object({ code: z.string() }), message: z.string() });

/** The columns of a CSV without quoted commas, by their names. */
function columns(text: string): Record<string, number[]> {
  const [head = '', ...rows] = text.trimEnd().split('\r\n');
  const cells = rows.map((row) => row.split(','));
  return Object.fromEntries(
    head
      .split(',')
      .map((name, column) => [name, cells.map((row) => (row[column] === '' ? NaN : Number(row[column])))]),
  );
}

/** What the pictures show: their texts, in order. */
function texts(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, content = '']) => content);
}

/** The code and the sentence of a refusal. */
async function refusal(asked: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const { data, message } = refused.parse(error);
  return { code: data.code, message };
}

describe('figures as files', () => {
  it(`${paper('fig-2')} writes both solutions and every stretch`, async () => {
    const out = await temporaryFolder();
    const { result, findings, files } = await theory.fig2({ parameters: { dimension: 1 }, out });
    expect(files.map((file) => basename(file))).toEqual(['fig2.svg', 'fig2.png', 'fig2.csv', 'fig2.json']);
    expect(result).toEqual(fig2({ dimension: 1 }));
    expect(JSON.parse(await readFile(files[3]!, 'utf8'))).toEqual(result);

    const table = columns(await readFile(files[2]!, 'utf8'));
    expect(table['g']).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    // Oracle: NumPy's relative errors for g = 1 … 60, test/oracles/theory.py.
    table['error']!.forEach((error, i) => {
      expect(error).toBeCloseTo(oracle.fig2.balanced.errors[i]!, 10);
    });

    const svg = await readFile(files[0]!, 'utf8');
    expect(texts(svg)).toEqual(
      expect.arrayContaining([
        'True parameters',
        'Balanced solution, where SGD goes',
        'X stretched, eyes 13 → 26 px',
        '0.950',
        '2.21', // NumPy: 2.2061658832
        '0.272', // NumPy: .27231207 at g = 31
      ]),
    );
    const { width, height } = await sharp(await readFile(files[1]!)).metadata();
    const [, svgWidth, svgHeight] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    expect([width, height]).toEqual([2 * Number(svgWidth), 2 * Number(svgHeight)]);
    expect(findings.join(' ')).toContain('1 − w/N');
  });

  it('gives the stretched pictures of every g, in the grey of the figure, with the figure’s numbers', async () => {
    const parameters = { dimension: 1, size: 31 } as const;
    const { points, low, high, ...packed } = await theory.stretches({ parameters });
    const step = (high - low) / 255;
    for (const g of [1, 7, 30]) {
      const { rows } = fig2({ ...parameters, stretch: g });
      for (const [row, base64] of [
        [rows[0]!, packed.truth],
        [rows[1]!, packed.other],
      ] as const) {
        const bytes = Buffer.from(base64, 'base64');
        expect(bytes).toHaveLength(30 * 31);
        row.stretched.values.forEach((value, i) => {
          const held = Math.min(high, Math.max(low, value));
          expect(Math.abs(low + bytes[(g - 1) * 31 + i]! * step - held)).toBeLessThan(0.51 * step);
        });
      }
    }
    const { curve, rows, parameters: resolved, trainedDifference } = fig2(parameters);
    expect(points).toEqual(curve);
    expect(await theory.solutions({ parameters })).toEqual({
      ...{ parameters: resolved, trainedDifference },
      rows: rows.map((row) => ({ ...row, trained: undefined, stretched: undefined })),
      distances: curve.map(({ distance }) => distance),
    });
  });

  it('gives some of the stretches, and of larger pictures the rows in the middle, as they are among all', async () => {
    const parameters = { dimension: 2, size: 31, distance: 12 } as const;
    const whole = await theory.stretches({ parameters });
    const some = await theory.stretches({ parameters, from: 16, count: 3, rows: 9 });
    expect([whole.height, whole.width, some.height, some.width]).toEqual([31, 31, 9, 31]);
    expect([some.low, some.high]).toEqual([whole.low, whole.high]);
    expect(some.points).toEqual(whole.points.slice(15, 18));
    const [all, band] = [Buffer.from(whole.other, 'base64'), Buffer.from(some.other, 'base64')];
    for (const at of [0, 1, 2]) {
      const from = ((15 + at) * 31 + 11) * 31;
      const size = 9 * 31;
      expect([...band.subarray(at * size, (at + 1) * size)]).toEqual([...all.subarray(from, from + size)]);
    }
  });

  it('draws the pixels of a picture as they are, dark grey for zero and white for the largest', async () => {
    const { svg } = await theory.draw({ figure: '2' });
    const [k1, k2, trained] = await Promise.all(
      [...svg.matchAll(/data:image\/png;base64,([^"]+)/g)].map(async ([, data = '']) =>
        sharp(Buffer.from(data, 'base64')).raw().toBuffer({ resolveWithObject: true }),
      ),
    );
    // 33 of 61 rows, each pixel enlarged by 6: twice the size in the picture.
    expect([trained?.info.width, trained?.info.height]).toEqual([366, 198]);
    expect([trained?.data[0], trained?.data.reduce((most, value) => Math.max(most, value), 0)]).toEqual([
      64, 255,
    ]);
    const orange = (picture: typeof k1): number => {
      const { data, info } = picture!;
      let count = 0;
      for (let i = 0; i < data.length; i += info.channels) if (data[i]! - data[i + 2]! > 150) count++;
      return count / 36;
    };
    expect(orange(k1)).toBe(2); // two positions
    expect(orange(k2)).toBe(1); // the pupil
  });

  it(`${paper('fig-3a')} writes the paths, and the chains only where there are some`, async () => {
    const out = await temporaryFolder();
    const parameters = { steps: 200, chains: 20, starts: [[2, 0.2] as [number, number]], points: 50 };
    const made = await theory.fig3a({ parameters, out });
    expect(made.files.map((file) => basename(file))).toContain('fig3a-chains.csv');
    const paths = (await readFile(join(out, 'fig3a.csv'), 'utf8')).trimEnd().split('\r\n');
    // A head, the flow with one point more, and three descents.
    const points = made.result.trajectories.map(({ step }) => step.length);
    expect(paths).toHaveLength(1 + points.reduce((sum, count) => sum + count, 0));
    const svg = await readFile(join(out, 'fig3a.svg'), 'utf8');
    expect(texts(svg)).toEqual(expect.arrayContaining(['a = b', 'ab = 1', 'gradient flow (CTGD)', 'SGD']));

    const bare = await temporaryFolder();
    await theory.fig3a({ parameters: { ...parameters, chains: 0 }, out: bare });
    expect((await readdir(bare)).sort()).toEqual(['fig3a.csv', 'fig3a.json', 'fig3a.png', 'fig3a.svg']);
    expect(await readFile(join(bare, 'fig3a.svg'), 'utf8')).not.toContain('a² − b² on average');
  });

  it(`${paper('fig-3b')} writes ratios, coefficients and kernels as they were computed`, async () => {
    const out = await temporaryFolder();
    const { result, findings } = await theory.fig3b({ parameters: { points: 20 }, out });
    expect(result).toEqual(fig3b({ points: 20 }));
    const table = columns(await readFile(join(out, 'fig3b.csv'), 'utf8'));
    expect(table['step']).toEqual(result.step);
    expect(table['ratio']).toEqual(result.ratio);
    const { frequency, second } = result.coefficients[2]!;
    expect(table[`k2Power${frequency}`]).toEqual(second);
    const kernels = columns(await readFile(join(out, 'fig3b-kernels.csv'), 'utf8'));
    expect(kernels['finalK1']).toEqual(result.kernels.final.k1);
    const svg = await readFile(join(out, 'fig3b.svg'), 'utf8');
    expect(texts(svg)).toEqual(
      expect.arrayContaining([
        'largest of all solutions 2.21',
        ...result.coefficients.map((followed) => String(followed.frequency)),
      ]),
    );
    expect(findings).toEqual([result.finding]);
  });

  it('hold no value that is not finite, whatever the options', async () => {
    const asked = [
      { figure: '2', parameters: { solution: 'random', seed: 4, size: 31 } },
      { figure: '2', parameters: { stride: 2, size: 31 } },
      { figure: '2', parameters: { dimension: 1, size: 503, stretch: 502 } },
      { figure: '3a', parameters: { noise: 0, steps: 1, chains: 3, points: 2 } },
      { figure: '3a', parameters: { variants: [], chains: 10 } },
      { figure: '3a', parameters: { target: 100, starts: [[1, 1]], chainStart: [1, 1], stepSize: 0.001 } },
      { figure: '3b', parameters: { steps: 1, points: 2, noise: 0 } },
      { figure: '3b', parameters: { start: 'random', coefficients: 30, steps: 500, points: 30 } },
    ] as const satisfies Parameters<typeof theory.draw>[0][];
    for (const one of asked) {
      const { svg, png, csv } = await theory.draw(one);
      expect(svg + csv).not.toMatch(/NaN|Infinity|undefined/);
      expect((await sharp(Buffer.from(png, 'base64')).metadata()).format).toBe('png');
    }
  });

  it('are the same bytes each time', async () => {
    const asked = { figure: '3b', parameters: { steps: 100, points: 10 } } as const;
    expect(await theory.draw(asked)).toEqual(await theory.draw(asked));
  });
});

describe('propositions as files', () => {
  it('are a page with verdict, caveat and checks, and a table', async () => {
    const out = await temporaryFolder();
    const { result, findings, files } = await theory.proposition({ parameters: { number: 2 }, out });
    expect(files.map((file) => basename(file))).toEqual([
      'proposition2.md',
      'proposition2.csv',
      'proposition2.json',
    ]);
    const page = await readFile(files[0]!, 'utf8');
    expect(page).toContain(
      '| 2 | Extrapolating like the truth means being the truth, up to a factor | holds |',
    );
    expect(page).toContain('needs a generic k1*');
    expect(findings[0]).toMatch(/^Proposition 2 holds in every check\. "Only if" needs a generic k1\*/);
    expect((await readFile(files[1]!, 'utf8')).trimEnd().split('\r\n')).toHaveLength(
      1 + result.checks.length,
    );
  });
});

describe('everything at once', () => {
  it('writes the figures, the propositions and what equation (13) does, with the findings', async () => {
    const out = await temporaryFolder();
    const phases: string[] = [];
    const stream = await theory.all({ out });
    let next = await stream.next();
    for (; !next.done; next = await stream.next()) phases.push(next.value.phase);
    const { files, findings, propositions, spectral } = next.value;

    expect(files.map((file) => basename(file)).sort()).toEqual((await readdir(out)).sort());
    expect(propositions.map(({ proposition, holds }) => [proposition, holds])).toEqual(
      Array.from({ length: 9 }, (_, i) => [i + 1, true]),
    );
    expect(phases.at(-1)).toBe('proposition 9');
    // Oracle: mean and deviation of four runs each, test/oracles/theory.py. One of ours lies within six deviations.
    const runs = [
      oracle.fig3b.plain,
      oracle.fig3b.k2['0.001'],
      oracle.fig3b.equalPlain,
      oracle.fig3b.both['0.001'],
    ];
    runs.forEach(({ steps, mean, deviation }, i) => {
      const { step, ratio, extrapolationError } = spectral[i]!;
      const place = step.indexOf(steps.at(-1)!);
      const away = [ratio[place]! - mean.at(-1)![0]!, extrapolationError[place]! - mean.at(-1)![1]!];
      expect(Math.abs(away[0]!)).toBeLessThan(6 * deviation.at(-1)![0]!);
      expect(Math.abs(away[1]!)).toBeLessThan(6 * deviation.at(-1)![1]!);
    });
    // Small random kernels are balanced already: the bound 2.2061659 (derived) from the beginning.
    const settled = spectral[4]!;
    expect(settled.ratio[settled.step.indexOf(2_000)]).toBeCloseTo(2.2061659, 1);
    const told = await readFile(join(out, 'findings.md'), 'utf8');
    for (const finding of findings) expect(told).toContain(`- ${finding}\n`);
    expect(findings.join(' ')).toContain('does not protect the extrapolation');
    expect(findings.join(' ')).toContain('balanced already');
  });

  it('stops between two parts when it is told to', async () => {
    const out = await temporaryFolder();
    const controller = new AbortController();
    const stream = await theory.all({ out }, { signal: controller.signal });
    await stream.next();
    controller.abort();
    const rest = async (): Promise<void> => {
      while (!(await stream.next()).done);
    };
    await expect(rest()).rejects.toMatchObject({ data: { code: 'interrupted' } });
    expect(await readdir(out)).not.toContain('propositions.md');
  });
});

describe('what is refused', () => {
  it.each([
    ['a composite size', { figure: '2', parameters: { size: 60 } }, /60, which is 2 × 30.*59 or 61/],
    [
      'an unstable step',
      { figure: '3a', parameters: { stepSize: 0.2 } },
      /step size 0.2 is unstable.*8.5.*below 1/,
    ],
    [
      'chains for hours',
      { figure: '3a', parameters: { chains: 100_000, steps: 1_000_000 } },
      /200 minutes.*2,250,000,000/,
    ],
    [
      'an error measured for minutes',
      { figure: '3b', parameters: { size: 2003, points: 5000, stepSize: 1e-5 } },
      /7 minutes.*fewer points/,
    ],
    [
      'steps for minutes',
      { figure: '3b', parameters: { size: 2003, steps: 1_000_000, points: 1000, stepSize: 1e-5 } },
      /about 2 minutes/,
    ],
  ] as const)('%s, with the value and the rule', async (_name, asked, sentence) => {
    const { code, message } = await refusal(theory.draw(asked));
    expect(code).toBe('wrong-usage');
    expect(message).toMatch(sentence);
  });

  it('a folder that is a file', async () => {
    const out = join(await temporaryFolder(), 'taken');
    await writeFile(out, '');
    for (const folder of [out, join(out, 'inside')]) {
      const { code, message } = await refusal(theory.proposition({ parameters: { number: 1 }, out: folder }));
      expect(code).toBe('wrong-usage');
      expect(message).toContain(folder);
    }
  });
});
