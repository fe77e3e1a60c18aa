import { blend, darker, lighter, luminance } from './colour.ts';
import type { Rgb } from './colour.ts';
import { at, pictureHeight, pictureWidth } from './drawing.ts';
import type { Drawing, Point } from './drawing.ts';
import type { FaceParameters } from './parameters.ts';
import { skullShift } from './strand.ts';

export function drawBackground(drawing: Drawing, face: FaceParameters): void {
  const { from, to, angle, radial } = face.background;
  const fill = radial
    ? drawing.radialGradient(
        [
          [0, lighter(from, 0.2)],
          [1, to],
        ],
        [0.5, 0.45],
        0.75,
      )
    : drawing.gradient(
        [
          [0, from],
          [1, to],
        ],
        ...acrossBox(angle),
      );
  drawing.rectangle('background', [0, 0], pictureWidth, pictureHeight, 0, { fill });
}

/** Ends of a line through the middle of the unit box, at an angle in degrees. */
function acrossBox(angle: number): [Point, Point] {
  const x = Math.cos((angle * Math.PI) / 180) / 2;
  const y = Math.sin((angle * Math.PI) / 180) / 2;
  return [
    [0.5 - x, 0.5 - y],
    [0.5 + x, 0.5 + y],
  ];
}

/** Clothes, in the picture's frame with the middle between the eyes as origin. */
export function drawClothes(drawing: Drawing, face: FaceParameters): void {
  const { colour, shoulder, neck } = face.clothes;
  const y = face.head.chin + 15;
  const d =
    `M${at([-shoulder - 12, 125])}C${at([-shoulder - 8, y + 22])} ${at([-shoulder + 4, y + 9])} ${at([-neck - 12, y + 3])}` +
    `L${at([-neck, y - 2])}L${at([neck, y - 2])}L${at([neck + 12, y + 3])}` +
    `C${at([shoulder - 4, y + 9])} ${at([shoulder + 8, y + 22])} ${at([shoulder + 12, 125])}Z`;
  const fill = drawing.gradient(
    [
      [0, lighter(colour, 0.1)],
      [1, darker(colour, 0.12)],
    ],
    [0.5, 0],
    [0.5, 1],
  );
  drawing.path('other', d, { fill });
}

/** The neck with its shadow, and the neckline of the clothes. */
export function drawNeck(drawing: Drawing, face: FaceParameters): void {
  const { neck, kind, colour } = face.clothes;
  const { chin } = face.head;
  const y = chin + 14;
  const shade = darker(face.skin, 0.26);
  const fill = drawing.gradient(
    [
      [0, shade],
      [0.42, shade],
      [0.8, darker(face.skin, 0.07)],
    ],
    [0.5, 0],
    [0.5, 1],
  );
  const start = `M${at([-neck, chin - 22])}L${at([neck, chin - 22])}L${at([neck, y - 3])}`;
  const back = `L${at([-neck - 3, y + 1])}L${at([-neck, y - 3])}Z`;
  const band = darker(colour, 0.2);
  switch (kind) {
    case 'crew':
    case 'scoop': {
      const deep = kind === 'scoop' ? 20 : 9;
      const curve = `C${at([neck * 0.9, y + deep])} ${at([-neck * 0.9, y + deep])} ${at([-neck - 3, y + 1])}`;
      drawing.path('other', `${start}L${at([neck + 3, y + 1])}${curve}${back}`, { fill });
      drawing.path('other', `M${at([neck + 3, y + 1])}${curve}`, { line: band, width: 2.2 });
      return;
    }
    case 'vee': {
      drawing.path('other', `${start}L${at([neck + 3, y + 1])}L${at([0, y + 26])}${back}`, { fill });
      drawing.path('other', `M${at([neck + 3, y])}L${at([0, y + 26])}L${at([-neck - 3, y])}`, {
        line: band,
        width: 2.2,
      });
      return;
    }
    case 'collar': {
      drawing.path('other', `${start}L${at([neck + 3, y + 1])}L${at([0, y + 17])}${back}`, { fill });
      for (const sign of [-1, 1]) {
        const flap =
          `M${at([sign * (neck + 1), y - 5])}L${at([0, y + 16])}L${at([sign * 9, y + 24])}` +
          `L${at([sign * (neck + 9), y + 5])}Z`;
        drawing.path('other', flap, { fill: lighter(colour, 0.28), line: band, width: 0.8 });
      }
      return;
    }
    case 'turtleneck': {
      drawing.path('other', `${start}L${at([neck, y])}L${at([-neck, y])}Z`, { fill });
      const tube =
        `M${at([-neck - 2, y - 9])}Q${at([0, y - 3])} ${at([neck + 2, y - 9])}L${at([neck + 5, y + 5])}` +
        `Q${at([0, y + 11])} ${at([-neck - 5, y + 5])}Z`;
      drawing.path('other', tube, { fill: lighter(colour, 0.12), line: band, width: 0.8 });
      return;
    }
  }
}

/** The outline of face and skull around (shift, 0), grown by `grow` pixels. */
export function headOutline(face: FaceParameters, grow = 0): string {
  const { head } = face;
  const w = head.halfWidth + grow;
  const top = head.top - grow;
  const chin = head.chin + grow;
  const jaw: Point = [w * head.jaw, chin * 0.62];
  const cheek: Point = [w * 0.985, chin * 0.33];
  // Leaves the jaw in the direction in which it came.
  const under: Point = [jaw[0] + 0.85 * (jaw[0] - cheek[0]), jaw[1] + 0.85 * (jaw[1] - cheek[1])];
  const flip = ([x, y]: Point): Point => [-x, y];
  return (
    `M${at([-w, -6])}C${at([-w, top * 0.72])} ${at([-w * 0.66, top])} ${at([0, top])}` +
    `C${at([w * 0.66, top])} ${at([w, top * 0.72])} ${at([w, -6])}` +
    `C${at([w, 6])} ${at(cheek)} ${at(jaw)}C${at(under)} ${at([head.chinWidth, chin])} ${at([0, chin])}` +
    `C${at([-head.chinWidth, chin])} ${at(flip(under))} ${at(flip(jaw))}C${at(flip(cheek))} ${at([-w, 6])} ${at([-w, -6])}Z`
  );
}

export function drawEars(drawing: Drawing, face: FaceParameters): void {
  const { halfWidth } = face.head;
  const fill = darker(face.skin, 0.08);
  for (const sign of [-1, 1]) {
    const x = sign * (halfWidth + 0.6) - face.yaw * 1.6;
    drawing.ellipse('other', [x, 4], 5.2, 8.6, { fill });
    const inner = `M${at([x + sign * 1.6, -0.5])}Q${at([x - sign * 1.5, 1])} ${at([x + sign * 0.4, 8])}`;
    drawing.path('detail', inner, { line: darker(face.skin, 0.3), width: 1.1, opacity: 0.6 });
    if (face.earrings) {
      drawing.ellipse('other', [x, 14], 1.9, 1.9, { fill: [218, 178, 84], line: [158, 120, 44], width: 0.5 });
    }
  }
}

/** Which side the light comes from: −1 left, 1 right. */
export function lightSide(face: FaceParameters): 1 | -1 {
  return Math.cos((face.light.angle * Math.PI) / 180) > 0 ? -1 : 1;
}

export function drawHead(drawing: Drawing, face: FaceParameters): void {
  const { skin } = face;
  const isDark = luminance(skin) < 128;
  const bright = lighter(skin, isDark ? 0.08 : 0.14);
  const shaded = darker(skin, isDark ? 0.2 : 0.13);
  const from: Point = lightSide(face) === -1 ? [0, 0.3] : [1, 0.3];
  const to: Point = lightSide(face) === -1 ? [1, 0.6] : [0, 0.6];
  const fill = drawing.gradient(
    [
      [0, bright],
      [0.5, skin],
      [1, shaded],
    ],
    from,
    to,
  );
  drawing.path('face', headOutline(face), { fill });
  if (face.hair.style === 'bald') {
    const { top, halfWidth } = face.head;
    const x = lightSide(face) * halfWidth * 0.38;
    drawing.ellipse('detail', [x, top * 0.72], 10, 4.6, { fill: lighter(skin, 0.5), opacity: 0.3 });
  }
  if (face.blush > 0) {
    const rose: Rgb = blend([226, 92, 92], skin, 0.2);
    for (const sign of [-1, 1]) {
      const fillBlush = drawing.radialGradient(
        [
          [0, rose],
          [1, rose, 0],
        ],
        [0.5, 0.5],
        0.5,
      );
      const x = sign * face.head.halfWidth * 0.56 + face.yaw;
      drawing.ellipse('detail', [x, 16.5], 9, 6.5, { fill: fillBlush, opacity: face.blush });
    }
  }
}

/** The beard, under nose and mouth; stubble is a shadow on the skin. */
export function drawBeard(drawing: Drawing, face: FaceParameters, colour: Rgb): void {
  if (face.beard === 'none') return;
  const shift = skullShift(face.yaw);
  const { halfWidth, chin, chinWidth } = face.head;
  const { mouth } = face;
  const w = mouth.halfWidth;
  const y = mouth.y;
  const middle = face.yaw * 1.2;
  const moustache =
    `M${at([middle - w - 2, y + 2])}Q${at([middle - w * 0.6, y - 6.4])} ${at([middle, y - 5])}` +
    `Q${at([middle + w * 0.6, y - 6.4])} ${at([middle + w + 2, y + 2])}Q${at([middle, y - 1.4])} ${at([middle - w - 2, y + 2])}Z`;
  const chinBeard =
    `M${at([middle - w - 2, y + 1])}C${at([middle - w - 2.5, chin * 0.9])} ${at([middle - chinWidth, chin + 3.5])} ${at([middle, chin + 3.5])}` +
    `C${at([middle + chinWidth, chin + 3.5])} ${at([middle + w + 2.5, chin * 0.9])} ${at([middle + w + 2, y + 1])}` +
    `Q${at([middle, y + 9.5])} ${at([middle - w - 2, y + 1])}Z`;
  const full =
    `M${at([-halfWidth - 4 + shift, -2])}L${at([-halfWidth - 4 + shift, chin + 6])}L${at([halfWidth + 4 + shift, chin + 6])}` +
    `L${at([halfWidth + 4 + shift, -2])}L${at([halfWidth - 3.5 + shift, 0])}` +
    `C${at([halfWidth - 5 + shift, 16])} ${at([middle + w + 6, y - 8])} ${at([middle + w * 0.5, y - 6.4])}Q${at([middle, y - 5])} ${at([middle - w * 0.5, y - 6.4])}` +
    `C${at([middle - w - 6, y - 8])} ${at([-halfWidth + 5 + shift, 16])} ${at([-halfWidth + 3.5 + shift, 0])}Z`;
  switch (face.beard) {
    case 'moustache': {
      drawing.path('other', moustache, { fill: colour });
      return;
    }
    case 'goatee':
      drawing.path('other', chinBeard, { fill: colour });
      {
        drawing.path('other', moustache, { fill: colour });
        return;
      }
    case 'full': {
      drawing.path('other', full, {
        fill: colour,
        clip: drawing.clip(shifted(headOutline(face, 2.2), shift)),
      });
      return;
    }
    case 'stubble': {
      drawing.path('detail', full, {
        fill: blend(colour, face.skin, 0.2),
        opacity: 0.3,
        clip: drawing.clip(shifted(headOutline(face), shift)),
      });
      return;
    }
  }
}

/** An outline moved to the right. Its numbers stand in pairs, x first. */
function shifted(d: string, shift: number): string {
  let isX = false;
  return d.replace(/-?\d+(\.\d+)?/g, (value) => {
    isX = !isX;
    return isX ? String(Math.round((Number(value) + shift) * 100) / 100) : value;
  });
}
