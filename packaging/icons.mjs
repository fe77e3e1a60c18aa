import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';

const sides = [16, 32, 48, 64, 128, 256, 512, 1024];
/** Share of an icon's side that the mark takes. */
const share = 0.72;

/**
 * Draws the mark on a rounded ground, in the sizes that desktops ask for.
 *
 * @param {string} mark the SVG file
 * @param {string} folder
 */
export async function drawIcons(mark, folder) {
  fs.mkdirSync(folder, { recursive: true });
  const svg = fs.readFileSync(mark);
  for (const side of sides) {
    const inner = Math.round(side * share);
    const ground = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="${side}" height="${side}" rx="${side * 0.2}" fill="#F2F3F4"/></svg>`;
    const drawn = await sharp(svg, { density: Math.max(72, (72 * inner) / 28) })
      .resize(inner, inner)
      .png()
      .toBuffer();
    await sharp(Buffer.from(ground))
      .composite([{ input: drawn }])
      .png()
      .toFile(path.join(folder, `${side}.png`));
  }
}
