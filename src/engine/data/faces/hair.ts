import { createRandom } from '../../math/random.ts';
import type { Random } from '../../math/random.ts';
import { darker, lighter } from './colour.ts';
import { drawCurls } from './curls.ts';
import { at, mirrored, smooth } from './drawing.ts';
import type { Drawing, Point } from './drawing.ts';
import type { FaceParameters } from './parameters.ts';
import { hairStream, skullShift, strand } from './strand.ts';

/** The hair behind head, neck and clothes. */
export function drawBackHair(drawing: Drawing, face: FaceParameters): void {
  switch (face.hair.style) {
    case 'bob':
    case 'long': {
      drawBackLocks(drawing, face);
      return;
    }
    case 'curly': {
      drawCurls(drawing, face, 'back');
      return;
    }
    case 'tied': {
      drawTail(drawing, face);
      return;
    }
    case 'short':
    case 'bald':
      return;
  }
}

/** The hair over the head. */
export function drawFrontHair(drawing: Drawing, face: FaceParameters): void {
  switch (face.hair.style) {
    case 'bob':
    case 'long': {
      drawFrontLocks(drawing, face);
      return;
    }
    case 'curly': {
      drawCurls(drawing, face, 'front');
      return;
    }
    case 'short':
    case 'tied': {
      drawCap(drawing, face);
      return;
    }
    case 'bald':
      return;
  }
}

/** Light from above: a lighter crown, darker ends. */
function hairFill(drawing: Drawing, face: FaceParameters, isBack: boolean): string {
  const colour = isBack ? darker(face.hair.colour, 0.24) : face.hair.colour;
  return drawing.gradient(
    [
      [0, lighter(colour, 0.13)],
      [0.45, colour],
      [1, darker(colour, 0.16)],
    ],
    [0.5, 0],
    [0.5, 1],
  );
}

/** The lower edge of the hair over the forehead, from the right temple to the left one. */
function hairlinePath(face: FaceParameters, right: Point, left: Point, random: Random): string {
  const { top } = face.head;
  const { side, line } = face.hair;
  const shift = -skullShift(face.yaw) * 0.6;
  const level = top + 15.5 + face.hair.length * 3;
  const width = right[0];
  const part = top + 7.5;
  switch (line) {
    case 'round':
      return (
        `C${at([width * 0.97, level + 4])} ${at([width * 0.55 + shift, level])} ${at([shift, level])}` +
        `C${at([-width * 0.55 + shift, level])} ${at([-width * 0.97, level + 4])} ${at(left)}`
      );
    case 'middlePart':
      return (
        `C${at([width * 0.95, level + 6])} ${at([width * 0.3 + shift, level + 4])} ${at([shift, part])}` +
        `C${at([-width * 0.3 + shift, level + 4])} ${at([-width * 0.95, level + 6])} ${at(left)}`
      );
    case 'sidePart':
    case 'swept': {
      const isSwept = line === 'swept';
      const x = (isSwept ? 0.72 : 0.44) * width * side + shift;
      const high: Point = [x, isSwept ? level - 6 : part];
      const near = (sign: number): string =>
        `${at([sign * width * 0.98, level + 5])} ${at([x + sign * 5, level])}`;
      const far = (sign: number): string =>
        `${at([x + sign * 10, level + 5])} ${at([sign * width * 0.9, level + 5])}`;
      if (side === 1) return `C${near(1)} ${at(high)}C${far(-1)} ${at(left)}`;
      const farFromRight = `${at([width * 0.9, level + 5])} ${at([x + 10, level + 5])}`;
      return `C${farFromRight} ${at(high)}C${at([x - 5, level])} ${at([-width * 0.98, level + 5])} ${at(left)}`;
    }
    case 'receding':
      return (
        `C${at([width * 0.98, level - 2])} ${at([width * 0.74, level - 10])} ${at([width * 0.5 + shift, level - 9])}` +
        `Q${at([width * 0.2 + shift, level - 3])} ${at([shift, level - 1])}` +
        `Q${at([-width * 0.2 + shift, level - 3])} ${at([-width * 0.5 + shift, level - 9])}` +
        `C${at([-width * 0.74, level - 10])} ${at([-width * 0.98, level - 2])} ${at(left)}`
      );
    case 'bangs': {
      const low = -face.brows.height - face.brows.thickness * 0.5 - 2.2;
      const tufts = 4 + random.integer(3);
      let path = `L${at([width * 0.98, low - 1])}`;
      for (let i = 1; i <= tufts; i++) {
        const x = width * 0.98 * (1 - (2 * i) / tufts);
        const middle = x + (width * 0.98) / tufts;
        const end = i === tufts ? low - 1 : low - random.between(0.6, 2.4);
        path += `Q${at([middle + side * 1.5, low + 2.4])} ${at([x, end])}`;
      }
      return `${path}L${at(left)}`;
    }
  }
}

function drawCap(drawing: Drawing, face: FaceParameters): void {
  const random = createRandom(face.hair.seed, hairStream, 1);
  const { halfWidth, top } = face.head;
  const isTied = face.hair.style === 'tied';
  const crown = isTied ? 3.4 + face.hair.volume * 2 : 6 + face.hair.volume * 7;
  const bulge = isTied ? 1.2 : 2 + face.hair.volume * 3;
  const burn = isTied ? -5 : random.between(-1, 9);
  const outer = halfWidth + 0.8;
  const tilt = face.hair.line === 'swept' ? -face.hair.side * 4 : 0;
  const temple = halfWidth * 0.9;
  const d =
    `M${at([-outer, burn])}C${at([-outer - bulge, -22])} ${at([-halfWidth * 0.8 - bulge, top - crown])} ${at([tilt, top - crown])}` +
    `C${at([halfWidth * 0.8 + bulge, top - crown])} ${at([outer + bulge, -22])} ${at([outer, burn])}` +
    `L${at([halfWidth - 3, burn - 1])}Q${at([halfWidth - 2.4, -9])} ${at([temple, -15])}` +
    hairlinePath(face, [temple, -15], [-temple, -15], random) +
    `Q${at([-halfWidth + 2.4, -9])} ${at([-halfWidth + 3, burn - 1])}Z`;
  drawing.path('hair', d, { fill: hairFill(drawing, face, false) });
  drawCrownStrands(drawing, face, top - crown, random);
}

/** A few lines from the crown outwards, and one band of light. */
function drawCrownStrands(drawing: Drawing, face: FaceParameters, crown: number, random: Random): void {
  const { halfWidth } = face.head;
  // The crown falls off to the sides like the ellipse that the head is.
  const over = (x: number): number => crown * Math.sqrt(Math.max(0, 1 - (x / (halfWidth * 1.02)) ** 2));
  for (let i = 0; i < 4; i++) {
    const x = halfWidth * random.between(-0.6, 0.6);
    const y = over(x) + 5;
    const length = random.between(4, 7);
    const bend = x * 0.12;
    strand(
      drawing,
      face,
      `M${at([x, y])}Q${at([x + bend * 0.3, y + length / 2])} ${at([x + bend, y + length])}`,
      i % 2 === 0,
    );
  }
  const side = -face.hair.side;
  const band = [0.62, 0.4, 0.16].map((share): Point => {
    const x = side * halfWidth * share;
    return [x, over(x) + 6.5];
  });
  strand(drawing, face, smooth(band), true, 2.4);
}

/** Outer edge of bob and long hair on the right, from the crown down to its end. */
function outerEdge(face: FaceParameters): Point[] {
  const { halfWidth, top, chin } = face.head;
  const { volume, length, wave, style } = face.hair;
  const crown = top - 5 - volume * 4;
  const wide = halfWidth + 5.5 + volume * 5;
  const isBob = style === 'bob';
  const end = isBob ? chin * (0.62 + 0.45 * length) : 70 + length * 34;
  const points: Point[] = [
    [0, crown],
    [halfWidth * 0.62, crown + 6.5],
    [wide - 3, top * 0.42],
    [wide, 0],
  ];
  const steps = isBob ? 2 : 5;
  for (let i = 1; i <= steps; i++) {
    const share = i / steps;
    const swing = wave * (isBob ? 1.6 : 2.6) * (i % 2 === 0 ? -1 : 1);
    const flare = isBob ? 2.5 * share : 5 * share * (1 - 0.4 * share);
    points.push([wide + flare + swing, end * share]);
  }
  return points;
}

function drawBackLocks(drawing: Drawing, face: FaceParameters): void {
  const edge = outerEdge(face);
  const [x, y] = edge[edge.length - 1]!;
  const round: Point[] = [
    [x * 0.86, y + 4.5],
    [x * 0.4, y + 5],
  ];
  const half = [...edge, ...round];
  const outline = [...half, ...mirrored(half).slice(0, -1)];
  drawing.path('hair', smooth(outline, true), { fill: hairFill(drawing, face, true) });
}

function drawFrontLocks(drawing: Drawing, face: FaceParameters): void {
  const random = createRandom(face.hair.seed, hairStream, 2);
  const { halfWidth, chin } = face.head;
  const edge = outerEdge(face);
  const [endX, endY] = edge[edge.length - 1]!;
  const inner = halfWidth * (face.hair.line === 'bangs' ? 0.93 : 0.88);
  const isBob = face.hair.style === 'bob';
  // A bob turns in under the jaw; long locks end in a round tip over the shoulder.
  const lock: Point[] = isBob
    ? [
        [endX - 2.5, endY + 4],
        [endX - 8, endY + 5],
        [halfWidth * 0.9, endY - 1],
        [inner, endY * 0.45],
        [inner + 0.6, 2],
      ]
    : [
        [endX - 4, endY + 7.5],
        [endX - 12, endY + 6.5],
        [endX - 17.5, endY - 7],
        [Math.min(endX - 15, halfWidth * 0.86), chin * 1.05],
        [inner, chin * 0.5],
        [inner + 0.6, 2],
      ];
  const right = smooth([...edge, ...lock]);
  const left = smooth([...mirrored(lock), ...mirrored(edge)]);
  const temple: Point = [inner - 0.6, -13];
  const d =
    `${right}Q${at([inner + 0.8, -7])} ${at(temple)}${hairlinePath(face, temple, [-temple[0], -13], random)}` +
    `Q${at([-inner - 0.8, -7])} ${left.replace('M', '')}Z`;
  drawing.path('hair', d, { fill: hairFill(drawing, face, false) });
  drawCrownStrands(drawing, face, edge[0]![1], random);
  for (const sign of [-1, 1]) {
    for (let i = 0; i < 3; i++) {
      const share = 0.2 + 0.3 * i;
      const points = edge.slice(2).map(([x, y]): Point => {
        const towards = y < 0 ? inner + 1 : Math.max(inner, x - 12);
        return [sign * (x + (towards - x) * share), Math.min(y, endY - 4)];
      });
      strand(drawing, face, smooth(points), i === 1);
    }
  }
}

function drawTail(drawing: Drawing, face: FaceParameters): void {
  const { halfWidth, top } = face.head;
  const { side, length, volume } = face.hair;
  const fill = hairFill(drawing, face, true);
  if (face.hair.bun) {
    const middle: Point = [side * 5, top - 5.5 - volume * 2];
    const radius = 9.5 + volume * 3;
    drawing.ellipse('hair', middle, radius * 1.12, radius, { fill });
    const [x, y] = middle;
    strand(drawing, face, `M${at([x - 6, y + 1])}Q${at([x, y - 8])} ${at([x + 6, y + 1])}`, true);
    strand(drawing, face, `M${at([x - 3, y + 4])}Q${at([x + 2, y - 3])} ${at([x + 8, y + 4])}`, false);
    return;
  }
  const end = 52 + length * 30;
  const tail: Point[] = [
    [halfWidth * 0.3, top + 6],
    [halfWidth * 0.85, top - 1],
    [halfWidth + 12 + volume * 4, -14],
    [halfWidth + 13 + volume * 5, end * 0.5],
    [halfWidth + 4, end],
    [halfWidth - 6, end * 0.6],
    [halfWidth - 4, 0],
  ];
  drawing.path(
    'hair',
    smooth(
      tail.map(([x, y]): Point => [side * x, y]),
      true,
    ),
    { fill },
  );
  const line = [
    tail[1]!,
    [halfWidth + 7, -12],
    [halfWidth + 7, end * 0.5],
    [halfWidth + 3, end * 0.9],
  ] as const;
  strand(drawing, face, smooth(line.map(([x, y]): Point => [side * x, y])), true);
}
