import { createRandom } from '../../math/random.ts';
import type { Random } from '../../math/random.ts';
import { darker, lighter } from './colour.ts';
import { at, num } from './drawing.ts';
import type { Drawing, Point } from './drawing.ts';
import type { FaceParameters } from './parameters.ts';
import { hairStream, strand } from './strand.ts';

/** Curls are discs along the outline of a bigger head of hair, in front a smaller row along the forehead. */
export function drawCurls(drawing: Drawing, face: FaceParameters, layer: 'back' | 'front'): void {
  const random = createRandom(face.hair.seed, hairStream, layer === 'back' ? 3 : 4);
  const { halfWidth, top } = face.head;
  const { volume, length, colour } = face.hair;
  const radius = 6.5 + volume * 3.2;
  if (layer === 'back') {
    const fill = darker(colour, 0.12);
    const rise = top - 1 - volume * 3;
    // From below the one ear over the crown to below the other.
    const reach = 100 + length * 42;
    drawing.ellipse('hair', [0, top * 0.36], halfWidth + 3 + volume * 4, -top * 0.68 + 3 + volume * 4, {
      fill,
    });
    const count = Math.round((reach * 2) / 17);
    for (let i = 0; i <= count; i++) {
      const angle = (((i / count) * 2 - 1) * reach * Math.PI) / 180;
      const stretch = Math.abs(angle) > Math.PI / 2 ? 1.05 : 1;
      const x = Math.sin(angle) * (halfWidth + 2 + volume * 5) * stretch;
      const y = -4 - Math.cos(angle) * (-rise - 4);
      const size = radius * random.between(0.88, 1.14);
      drawing.ellipse('hair', [x, y], size, size, { fill: i % 2 === 0 ? colour : fill });
      curlMark(drawing, face, [x, y], size, random);
    }
    return;
  }
  const isBangs = face.hair.line === 'bangs';
  const level = isBangs ? -face.brows.height - 7.5 : top + 10 + length * 3;
  const temple = halfWidth * 0.97;
  const cap =
    `M${at([-temple - 2, -6])}C${at([-temple - 6, -34])} ${at([-halfWidth * 0.6, top - 4 - volume * 3])} ${at([0, top - 4 - volume * 3])}` +
    `C${at([halfWidth * 0.6, top - 4 - volume * 3])} ${at([temple + 6, -34])} ${at([temple + 2, -6])}` +
    `Q${at([temple * 0.8, level])} ${at([0, level])}Q${at([-temple * 0.8, level])} ${at([-temple - 2, -6])}Z`;
  drawing.path('hair', cap, { fill: colour });
  const count = 7;
  for (let i = 0; i <= count; i++) {
    const share = (i / count) * 2 - 1;
    const x = share * temple;
    const y = level - 2 + Math.abs(share) ** 2.6 * (-8 - level);
    const size = radius * random.between(0.66, 0.86);
    drawing.ellipse('hair', [x, y], size, size, { fill: i % 2 === 0 ? lighter(colour, 0.05) : colour });
    curlMark(drawing, face, [x, y], size, random);
  }
  for (let i = 0; i < 7; i++) {
    const x = halfWidth * random.between(-0.66, 0.66);
    const y = top + random.between(-2, 7);
    curlMark(drawing, face, [x, y], 5.5, random);
  }
}

function curlMark(drawing: Drawing, face: FaceParameters, [x, y]: Point, size: number, random: Random): void {
  const r = size * 0.58;
  const turn = random.between(-0.8, 0.8);
  const from: Point = [x + r * Math.sin(turn - 1.2), y - r * Math.cos(turn - 1.2)];
  const to: Point = [x + r * Math.sin(turn + 1.2), y - r * Math.cos(turn + 1.2)];
  strand(drawing, face, `M${at(from)}A${num(r)} ${num(r)} 0 0 1 ${at(to)}`, random.uniform() < 0.55, 1.2);
}
