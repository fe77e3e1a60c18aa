import { blend, darker, lighter, luminance, white } from './colour.ts';
import type { Rgb } from './colour.ts';
import { at } from './drawing.ts';
import type { Drawing } from './drawing.ts';
import { lightSide } from './head.ts';
import type { FaceParameters } from './parameters.ts';

const lash: Rgb = [34, 24, 24];

/** Both eyes: their irises' centres lie at (± distance / 2, 0), which is what the ground truth says. */
export function drawEyes(drawing: Drawing, face: FaceParameters): void {
  const { eyes } = face;
  const scleraColour = blend(white, face.skin, luminance(face.skin) < 128 ? 0.28 : 0.12);
  // On dark skin irises are deeper, so that the eye stays darker than what is around it.
  const iris = darker(eyes.colour, luminance(face.skin) < 128 ? 0.5 : 0);
  for (const sign of [-1, 1] as const) {
    const x = (sign * eyes.distance) / 2;
    // The eye that turns away is narrower.
    const width = eyes.iris * eyes.widening * (1 - 0.1 * face.yaw * sign);
    const height = eyes.iris * eyes.height;
    const lift = (eyes.tilt * Math.PI * width) / 180;
    const inner = [x - sign * width, lift * 0.5 + 0.6] as const;
    const outer = [x + sign * width, -lift * 0.5 + 0.6] as const;
    const upper = `C${at([x - sign * width * 0.5, -height * 1.4])} ${at([x + sign * width * 0.6, -height * 1.4])} ${at(outer)}`;
    const lower = `C${at([x + sign * width * 0.5, height * 1.25])} ${at([x - sign * width * 0.5, height * 1.25])} ${at(inner)}`;
    const almond = `M${at(inner)}${upper}${lower}Z`;
    const clip = drawing.clip(almond);
    drawing.path('detail', almond, { fill: scleraColour });
    drawing.ellipse('detail', [x, 0], eyes.iris, eyes.iris, { fill: darker(iris, 0.45), clip });
    drawing.ellipse('detail', [x, 0], eyes.iris * 0.82, eyes.iris * 0.82, { fill: iris, clip });
    drawing.ellipse('detail', [x, 0], eyes.iris * 0.58, eyes.iris * 0.58, {
      fill: [18, 13, 14],
      clip,
    });
    drawing.path('detail', `M${at(inner)}${upper}`, { line: lash, width: 1.5 });
    drawing.path('detail', `M${at(outer)}${lower}`, {
      line: darker(face.skin, 0.4),
      width: 0.7,
      opacity: 0.6,
    });
    const glint = lightSide(face) * eyes.iris * 0.44;
    drawing.ellipse('detail', [x + glint, -eyes.iris * 0.46], 0.78, 0.78, { fill: white, opacity: 0.85 });
    drawBrow(drawing, face, sign, x);
  }
}

function drawBrow(drawing: Drawing, face: FaceParameters, sign: 1 | -1, x: number): void {
  const { brows, eyes } = face;
  const half = eyes.iris * eyes.widening * 1.2;
  const y = -brows.height;
  const d =
    `M${at([x - sign * half * 0.92, y + 0.8 + brows.tilt])}` +
    `Q${at([x + sign * half * 0.25, y - brows.arch - 0.6])} ${at([x + sign * half * 1.08, y + 1.2 - brows.tilt * 0.5])}`;
  drawing.path('detail', d, { line: brows.colour, width: brows.thickness, opacity: 0.92 });
}

export function drawNose(drawing: Drawing, face: FaceParameters): void {
  const { length, width } = face.nose;
  const x = face.yaw * 3.2;
  const side = -lightSide(face);
  const shade = darker(face.skin, 0.36);
  const bridge =
    `M${at([x * 0.3 + side * 2.4, 3])}C${at([x * 0.6 + side * 2.8, 9])} ${at([x + side * width * 0.8, length - 7])} ${at([x + side * width * 0.9, length - 2])}` +
    `Q${at([x + side * width * 0.5, length + 1])} ${at([x, length])}L${at([x * 0.4, 3])}Z`;
  drawing.path('detail', bridge, { fill: shade, opacity: 0.17 });
  const under =
    `M${at([x - width * 0.9, length - 2])}Q${at([x - width * 0.72, length + 1.4])} ${at([x - width * 0.3, length + 0.4])}` +
    `Q${at([x, length + 2.2])} ${at([x + width * 0.3, length + 0.4])}Q${at([x + width * 0.72, length + 1.4])} ${at([x + width * 0.9, length - 2])}`;
  drawing.path('detail', under, { line: shade, width: 1.3, opacity: 0.8 });
  drawing.ellipse('detail', [x - side * 0.8, length - 4.2], 1.8, 2.6, {
    fill: lighter(face.skin, 0.6),
    opacity: 0.28,
  });
}

export function drawMouth(drawing: Drawing, face: FaceParameters): void {
  const { mouth } = face;
  const x = face.yaw * 1.6;
  const w = mouth.halfWidth;
  const corner = mouth.y - mouth.smile * 2.6;
  const dip = mouth.y + mouth.smile * 2.8;
  const natural = blend(darker(face.skin, 0.2), [186, 72, 78], luminance(face.skin) < 128 ? 0.34 : 0.42);
  const lip: Rgb = mouth.lipstick ? blend(natural, [190, 34, 62], 0.62) : natural;
  const dark = darker(lip, 0.62);
  const left = at([x - w, corner]);
  const right = at([x + w, corner]);
  const curve = (depth: number, pinch: number): string =>
    `C${at([x + w * pinch, depth])} ${at([x - w * pinch, depth])} ${left}`;
  if (mouth.open > 0) {
    const drop = dip + 3.2 + mouth.open * 4.2;
    const shape = `M${left}C${at([x - w * 0.5, dip - 0.4])} ${at([x + w * 0.5, dip - 0.4])} ${right}${curve(drop + 1.5, 0.62)}Z`;
    drawing.path('detail', shape, { fill: [88, 26, 34], line: lip, width: mouth.fullness * 0.9 });
    const teeth = `M${left}C${at([x - w * 0.5, dip])} ${at([x + w * 0.5, dip])} ${right}${curve(dip + 3.4, 0.6)}Z`;
    drawing.path('detail', teeth, { fill: [250, 246, 240], clip: drawing.clip(shape) });
    return;
  }
  const rise = mouth.fullness * 0.8;
  const upperLip =
    `M${left}C${at([x - w * 0.55, dip - rise * 1.7])} ${at([x - w * 0.25, dip - rise * 2])} ${at([x, dip - rise * 0.9])}` +
    `C${at([x + w * 0.25, dip - rise * 2])} ${at([x + w * 0.55, dip - rise * 1.7])} ${right}${curve(dip + 0.4, 0.5)}Z`;
  drawing.path('detail', upperLip, { fill: darker(lip, 0.1) });
  const lowerLip = `M${left}C${at([x - w * 0.5, dip + 0.4])} ${at([x + w * 0.5, dip + 0.4])} ${right}${curve(dip + mouth.fullness * 2, 0.55)}Z`;
  drawing.path('detail', lowerLip, { fill: lip });
  drawing.path(
    'detail',
    `M${left}C${at([x - w * 0.5, dip + 0.4])} ${at([x + w * 0.5, dip + 0.4])} ${right}`,
    {
      line: dark,
      width: 1.15,
      opacity: 0.85,
    },
  );
}

export function drawGlasses(drawing: Drawing, face: FaceParameters): void {
  const { worn, round, colour, thick } = face.glasses;
  if (!worn) return;
  const { distance } = face.eyes;
  const halfWidth = Math.min(distance / 2 - 1.8, 12.4);
  const halfHeight = round ? halfWidth * 0.92 : halfWidth * 0.72;
  const frame = { line: colour, width: thick };
  for (const sign of [-1, 1]) {
    const x = (sign * distance) / 2;
    const corner = [x - halfWidth, -halfHeight + 1] as const;
    const radius = round ? halfWidth : 3.4;
    drawing.rectangle('detail', corner, halfWidth * 2, halfHeight * 2, radius, {
      fill: white,
      opacity: 0.13,
    });
    drawing.rectangle('other', corner, halfWidth * 2, halfHeight * 2, radius, frame);
    const edge = sign * face.head.halfWidth - face.yaw * 4;
    drawing.path('other', `M${at([x + sign * halfWidth, -1.5])}L${at([edge, -3])}`, frame);
  }
  const gap = distance / 2 - halfWidth;
  drawing.path('other', `M${at([-gap, -1])}Q${at([0, -3.6])} ${at([gap, -1])}`, frame);
}
