import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { barChart } from '../../../src/engine/pictures/barChart.ts';
import { csv } from '../../../src/engine/pictures/csv.ts';
import { histogramChart } from '../../../src/engine/pictures/histogramChart.ts';
import { lineChart } from '../../../src/engine/pictures/lineChart.ts';
import { panels } from '../../../src/engine/pictures/panels.ts';
import { scatterChart } from '../../../src/engine/pictures/scatterChart.ts';
import { svgToPng } from '../../../src/engine/pictures/svgToPng.ts';

/** Every coordinate and path of an SVG, without its words. */
function drawing(svg: string): string {
  return svg.replace(/<(title|desc|text)[^>]*>[^<]*<\/\1>/g, '');
}

function descriptionOf(svg: string): string {
  return /<desc>([^<]*)<\/desc>/.exec(svg)?.[1] ?? '';
}

const anyNumber = fc.oneof(
  fc.double(),
  fc.double({ min: -10, max: 10, noNaN: true }),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, -0),
);
const series = fc.array(fc.tuple(anyNumber, anyNumber), { maxLength: 12 });

describe('charts of any numbers', () => {
  it('never write a coordinate that is not finite', () => {
    const scale = fc.constantFrom('linear' as const, 'log' as const);
    fc.assert(
      fc.property(fc.array(series, { maxLength: 6 }), scale, scale, (lists, xScale, yScale) => {
        const all = lists.map((points, i) => ({
          name: `series ${i}`,
          x: points.map(([x]) => x),
          y: points.map(([, y]) => y),
          values: points.map(([x]) => x),
        }));
        const axes = { x: { scale: xScale }, y: { scale: yScale } };
        const groups = ['a', 'b', 'c'];
        const bars = all.map(({ name, values }) => ({
          name,
          values: groups.map((_, i) => values[i] ?? Number.NaN),
        }));
        const charts = [
          lineChart({
            title: 't',
            series: all,
            ...axes,
            references: [{ axis: 'y', value: 1, label: 'one' }],
          }),
          scatterChart({ title: 't', series: all, ...axes, diagonal: 'equal' }),
          histogramChart({ title: 't', series: all }),
          barChart({ title: 't', groups, series: bars }),
        ];
        for (const svg of charts) expect(drawing(svg)).not.toMatch(/NaN|Infinity|undefined/);
      }),
      { numRuns: 300, seed: 9 },
    );
  });
});

describe('lineChart', () => {
  const options = {
    title: 'Error of <fine> & "coarse"',
    x: { label: 'step' },
    y: { label: 'MSE' },
    series: [{ name: 'a < b', x: [0, 1, 2, 3, 4], y: [1, 2, Number.NaN, 0.5, 4] }],
  };

  it('escapes words, says what it shows, and counts what it leaves out', () => {
    const svg = lineChart(options);
    expect(svg).toContain('<title>Error of &lt;fine&gt; &amp; &quot;coarse&quot;</title>');
    expect(descriptionOf(svg)).toBe(
      'Line chart of MSE against step. a &lt; b: 4 points from 1.00 at 0 to 4.00 at 4, lowest 0.500, highest 4.00. ' +
        '1 value is not finite and left out.',
    );
  });

  it('breaks the line at a gap', () => {
    const paths = [...lineChart(options).matchAll(/<path d="([^"]*)"/g)].map(([, d]) =>
      d!.match(/[ML]/g)!.join(''),
    );
    expect(paths).toEqual(['ML', 'ML']);
  });

  it('is the same text twice', () => {
    expect(lineChart(options)).toBe(lineChart(options));
  });

  it('draws the greatest value highest', () => {
    const svg = lineChart({ ...options, series: [{ name: 'up', x: [0, 1], y: [0, 10] }] });
    const [, y1, y2] = /M\S+ (\S+?)L\S+ (\S+?)"/.exec(svg) ?? [];
    expect(Number(y1)).toBeGreaterThan(Number(y2));
  });
});

describe('histogramChart', () => {
  it('says medians, middle halves and shares in the interval', () => {
    const svg = histogramChart({
      title: 'SDR',
      series: [{ name: 'decoder', values: [0.5, 0.8, 1, 1.2, 9, Number.NaN] }],
      baselines: [{ name: 'random', count: 2, quartiles: [2.5, 3, 3.5], share: 0 }],
    });
    // By hand: sorted .5 .8 1 1.2 9: quartiles at places 1 and 3; three of five lie in 0.75 to 1.25.
    expect(descriptionOf(svg)).toBe(
      'Histogram. decoder: 5 values, median 1.00, middle half 0.800 to 1.20, 60 % between 0.75 and 1.25. ' +
        '1 value is not finite and left out. ' +
        'Baseline random: 2 values, median 3.00, middle half 2.50 to 3.50, 0 % between 0.75 and 1.25.',
    );
    expect(svg).toContain('>≥ 4</text>');
    expect(svg).toContain('>60 % in 0.75–1.25</text>');
  });
});

describe('scatterChart and barChart', () => {
  it('count what cannot stand on a logarithmic axis', () => {
    const svg = scatterChart({
      title: 't',
      x: { scale: 'log' },
      y: {},
      series: [{ name: 'p', x: [1, 10, 0, -1, 2], y: [1, 2, 3, 4, Infinity] }],
    });
    expect(descriptionOf(svg)).toContain(
      'p: 2 points. 3 values are not finite, or not above zero on a logarithmic axis, and left out.',
    );
  });

  it('draws one bar for each finite value, as long as the value', () => {
    const svg = barChart({
      title: 't',
      groups: ['a', 'b', 'c'],
      series: [{ name: 's', values: [1, 2, Number.NaN] }],
    });
    const heights = [
      ...svg.matchAll(/<rect x="[^"]*" y="[^"]*" width="[^"]*" height="([^"]*)" fill="#3B7DDB"/g),
    ];
    expect(heights.length).toBe(2);
    expect(Number(heights[1]![1]) / Number(heights[0]![1])).toBeCloseTo(2, 2);
  });

  it('grows until its words fit', () => {
    const width = (name: string): number =>
      Number(
        /width="(\d+)"/.exec(
          barChart({ title: 't', groups: [name, name, name], series: [{ name: 's', values: [1, 2, 3] }] }),
        )![1],
      );
    expect(width('short')).toBe(400);
    expect(width('averylongwordthatcannotbebroken')).toBeGreaterThan(500);
  });
});

describe('panels and svgToPng', () => {
  const chart = lineChart({
    title: 'One & only',
    width: 300,
    height: 200,
    series: [{ name: 'a', x: [0, 1], y: [0, 1] }],
  });

  it('lays charts out in columns and keeps their words', () => {
    const svg = panels([chart, chart, chart], 2, { title: 'Three', gap: 10 });
    expect(svg).toMatch(/^<svg xmlns="[^"]*" width="610" height="410"/);
    expect(svg).toContain('<desc>One &amp; only; One &amp; only; One &amp; only</desc>');
    expect([...svg.matchAll(/transform="([^"]*)"/g)].map(([, at]) => at)).toEqual([
      'translate(0 0)',
      'translate(310 0)',
      'translate(0 210)',
    ]);
    expect(() => panels(['<svg/>'], 1)).toThrow(RangeError);
  });

  it('renders at whole multiples, the same bytes twice, letters included', async () => {
    const png = await svgToPng(chart, 2);
    const { width, height } = await sharp(png).metadata();
    expect([width, height]).toEqual([600, 400]);
    expect(png.equals(await svgToPng(chart, 2))).toBe(true);
    const title = await sharp(png).extract({ left: 24, top: 20, width: 120, height: 28 }).greyscale().stats();
    expect(title.channels[0]!.min).toBeLessThan(80);
  });
});

describe('csv', () => {
  it('writes RFC 4180: quotes where needed, nothing for what is missing', () => {
    const rows = [
      { level: 'fine, "own"', sdr: 1.25, near: true },
      { level: 'coarse', sdr: Number.NaN, near: undefined },
    ];
    expect(csv(rows)).toBe('level,sdr,near\r\n"fine, ""own""",1.25,true\r\ncoarse,,\r\n');
    expect(csv([])).toBe('');
    expect(() => csv([{ a: 1 }, { b: 2 }])).toThrow(RangeError);
  });
});
