import { figure } from '../../contract/figures.ts';
import type { Fig2Result, TheoryPicture } from '../../contract/theory.ts';
import { colourValues, valueRange } from '../math/colourMaps.ts';
import { drawHead, headHeight, margin } from '../pictures/chartFrame.ts';
import { encodePng } from '../pictures/encodePng.ts';
import { panels } from '../pictures/panels.ts';
import type { Raster } from '../pictures/raster.ts';
import { scatterChart } from '../pictures/scatterChart.ts';
import { coordinate } from '../../charts/paths.ts';
import { element, svgDocument, text } from '../pictures/svg.ts';
import { textWidth } from '../pictures/textWidth.ts';
import { colours } from '../pictures/tokens.ts';
import { greyBytes, greyRange } from './greyRange.ts';
import { roundingText } from './numbers.ts';
import { drawStems } from './stems.ts';
import type { Frame } from './stems.ts';

type Row = Fig2Result['rows'][number];

const cellWidth = 183;
const gap = 16;
const whole = 2 * margin + 4 * cellWidth + 3 * gap;

/**
 * Figure 2 in the paper's arrangement: the true parameters above, another solution below; in each row k1, k2, X as
 * trained and X stretched. Under them every stretch of the group.
 */
export async function drawFig2(result: Fig2Result): Promise<string> {
  return panels([await drawRows(result), drawCurve(result)], 1, {
    title: 'Figure 2: two solutions, one picture',
  });
}

async function drawRows(result: Fig2Result): Promise<string> {
  const { parameters, rows, curve } = result;
  const { stretch, distance, dimension, size } = parameters;
  const here = curve.find(({ g }) => g === stretch);
  const heads = [
    'positions k₁',
    'eye k₂',
    'X as trained',
    `X stretched, eyes ${distance} → ${here?.distance ?? 0} px`,
  ];
  const shown = shownRows(size);
  const cellHeight = dimension === 1 ? 100 : Math.round((cellWidth * shown) / size);
  const title = {
    title: 'Two solutions, one picture',
    note: `Example 1, Figure 2${dimension === 1 ? '' : `; the middle ${shown} of ${size} rows`}`,
    fact: `g = ${stretch} modulo ${size}`,
  };
  const left = (column: number): number => margin + column * (cellWidth + gap);
  const range = greyRange(rows.flatMap((row) => [row.trained.values, row.stretched.values]));
  const parts = [
    drawHead(title, whole),
    ...heads.map((head, column) => text(left(column), headHeight + 14, head, { colour: colours.ink2 })),
  ];
  let top = headHeight + 24;
  for (const row of rows) {
    parts.push(rowTitle(row, top + 14));
    top += 22;
    const frames = [0, 1, 2, 3].map((column) => ({
      x: left(column),
      y: top,
      width: cellWidth,
      height: cellHeight,
    }));
    parts.push(...(await drawCells(row, frames, range)));
    top += cellHeight;
    parts.push(rowNumbers(row, here, top + 16));
    top += 32;
  }
  return svgDocument(
    whole,
    top,
    { title: 'Two solutions, one picture', description: describe(result) },
    parts.join(''),
  );
}

/** The rows around the eyes: above and below them there is next to nothing in either solution. */
function shownRows(size: number): number {
  return 2 * Math.floor(size * 0.27) + 1;
}

function cropped({ values, width, height }: TheoryPicture): TheoryPicture {
  const rows = Math.round((shownRows(width) * height) / width);
  const top = Math.floor((height - rows) / 2);
  return { values: values.slice(top * width, (top + rows) * width), width, height: rows };
}

function rowTitle(row: Row, y: number): string {
  const note =
    row.solution === 'true' ? 'positions know nothing of the eye' : 'the same picture, until it is stretched';
  return (
    text(margin, y, row.label, { size: 12, bold: true, colour: colours.ink }) +
    text(margin + textWidth(row.label, 12, true) + 10, y, note)
  );
}

function rowNumbers(row: Row, here: Fig2Result['curve'][number] | undefined, y: number): string {
  const isTruth = row.solution === 'true';
  const outside = here?.outside;
  const facts: [string, string][] = [['error', isTruth ? '0' : roundingText(here?.error ?? 0)]];
  if (outside !== null && outside !== undefined)
    facts.push(['energy outside the eyes', roundingText(isTruth ? outside.true : outside.other)]);
  facts.push(['ratio (8), SDR', figure(row.ratio)], ['ratio (6) over the group', figure(row.groupRatio)]);
  let x = margin;
  return facts
    .map(([name, value]) => {
      const drawn =
        text(x, y, name) + text(x + textWidth(name, 11) + 5, y, value, { bold: true, colour: colours.ink });
      x += textWidth(name, 11) + textWidth(value, 11, true) + 24;
      return drawn;
    })
    .join('');
}

async function drawCells(
  row: Row,
  frames: readonly Frame[],
  range: { low: number; high: number },
): Promise<string[]> {
  const pictures = [row.k1, row.k2, row.trained, row.stretched];
  if (row.k1.height === 1) {
    const tone = row.solution === 'true' ? 's1' : 's2';
    const span = [Math.min(0, range.low / 2), range.high] as const;
    return pictures.map((picture, i) =>
      drawStems(frames[i]!, { values: picture.values, tone, ...(i > 1 && { range: span }) }),
    );
  }
  return Promise.all(
    pictures.map((picture, i) => {
      const kernel = i < 2;
      const raster = kernel ? signedPicture(cropped(picture)) : greyPicture(cropped(picture), range);
      return drawRaster(frames[i]!, raster, kernel);
    }),
  );
}

/** Blue below zero, orange above, white at zero, each kernel on its own range. */
function signedPicture({ values, width, height }: TheoryPicture): Raster {
  return {
    data: colourValues('signed', values, valueRange('signed', values)),
    width,
    height,
    channels: 3,
  };
}

function greyPicture({ values, width, height }: TheoryPicture, range: { low: number; high: number }): Raster {
  const data = greyBytes(values, range);
  return { data, width, height, channels: 1 };
}

/** The pixels as they are, enlarged by whole numbers: no smoothing in any viewer. */
async function drawRaster(frame: Frame, raster: Raster, edged: boolean): Promise<string> {
  const scale = Math.max(1, Math.ceil((2 * frame.width) / raster.width));
  const png = await encodePng(raster, { scale, compressionLevel: 9 });
  const edge = edged
    ? element('rect', {
        x: frame.x + 0.5,
        y: frame.y + 0.5,
        width: frame.width - 1,
        height: frame.height - 1,
        fill: 'none',
        stroke: colours.line,
      })
    : '';
  return (
    element('image', {
      x: coordinate(frame.x),
      y: coordinate(frame.y),
      width: frame.width,
      height: frame.height,
      href: `data:image/png;base64,${png.toString('base64')}`,
      preserveAspectRatio: 'none',
    }) + edge
  );
}

function drawCurve({ parameters, curve }: Fig2Result): string {
  const x = curve.map(({ distance }) => distance);
  const here = curve.find(({ g }) => g === parameters.stretch);
  return scatterChart({
    title: 'Every stretch of the group',
    note: 'the distance that the eyes are moved to, and what the other solution makes of it',
    series: [
      {
        name: 'squared error of the other solution, relative',
        x,
        y: curve.map(({ error }) => error),
        tone: 's2',
        marker: 'square',
      },
      {
        name: 'share of its energy outside the eyes (where they are apart)',
        x,
        y: curve.map(({ outside }) => outside?.other ?? NaN),
        tone: 's3',
        marker: 'triangle',
      },
    ],
    x: { label: 'pixels between the eyes', range: [0, parameters.size] },
    references:
      here === undefined ? [] : [{ axis: 'x', value: here.distance, label: 'shown above', selected: true }],
    width: whole,
    height: 260,
  });
}

function describe({ rows, meanError }: Fig2Result): string {
  const [, other] = rows;
  return `Two rows of four pictures: the positions of the eyes, an eye, the picture as trained and the picture with the positions stretched. Above the true parameters: two whole eyes in both pictures. Below ${other?.label.toLowerCase() ?? 'another solution'}: the same picture as trained, and interference around the eyes when stretched. Mean relative squared error over all stretches ${figure(meanError)}.`;
}
