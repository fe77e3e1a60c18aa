import { darker, luminance } from './colour.ts';
import type { Rgb } from './colour.ts';
import { Drawing, num, pictureHeight, pictureWidth } from './drawing.ts';
import { drawEyes, drawGlasses, drawMouth, drawNose } from './features.ts';
import { drawBackHair, drawFrontHair } from './hair.ts';
import { drawBackground, drawBeard, drawClothes, drawEars, drawHead, drawNeck } from './head.ts';
import type { FaceParameters } from './parameters.ts';
import { skullShift } from './strand.ts';

/** A face as two SVGs of 178 × 218: the picture, and its mask (red hair, green face, blue background). */
export function drawFace(face: FaceParameters): { picture: string; mask: string } {
  const drawing = new Drawing();
  const { x, y } = face.centre;
  const middle = `translate(${num(x)} ${num(y)})`;
  // The head turns about the neck, so that the neck stays where it is.
  const features = `${middle} rotate(${num(face.roll)})`;
  const skull = `${features} translate(${num(skullShift(face.yaw))} 0)`;
  const body = `translate(${num(x + skullShift(face.yaw) * 0.5)} ${num(y)})`;

  drawBackground(drawing, face);
  drawing.frame(skull);
  drawBackHair(drawing, face);
  drawing.frame(body);
  drawClothes(drawing, face);
  drawNeck(drawing, face);
  drawing.frame(skull);
  drawEars(drawing, face);
  drawHead(drawing, face);
  drawing.frame(features);
  drawBeard(drawing, face, beardColour(face));
  drawNose(drawing, face);
  drawMouth(drawing, face);
  drawEyes(drawing, face);
  drawing.frame(skull);
  drawFrontHair(drawing, face);
  drawing.frame(features);
  drawGlasses(drawing, face);
  drawing.frame('');
  drawLight(drawing, face);
  return { picture: drawing.picture(), mask: drawing.mask() };
}

/** The hair's colour where it grows on chins, else brown. */
function beardColour({ hair }: FaceParameters): Rgb {
  const isDyed = ['pink', 'blue', 'teal', 'violet'].includes(hair.colourName);
  const own: Rgb = hair.style === 'bald' || isDyed ? [70, 48, 36] : hair.colour;
  return darker(own, luminance(own) > 120 ? 0.22 : 0.08);
}

/** One light over the whole scene. */
function drawLight(drawing: Drawing, face: FaceParameters): void {
  const { angle, strength } = face.light;
  const x = Math.cos((angle * Math.PI) / 180) / 2;
  const y = Math.sin((angle * Math.PI) / 180) / 2;
  const fill = drawing.gradient(
    [
      [0, [255, 250, 240], strength],
      [0.5, [255, 250, 240], 0],
      [0.5, [20, 16, 40], 0],
      [1, [20, 16, 40], strength],
    ],
    [0.5 - x, 0.5 - y],
    [0.5 + x, 0.5 + y],
  );
  drawing.rectangle('detail', [0, 0], pictureWidth, pictureHeight, 0, { fill });
}
