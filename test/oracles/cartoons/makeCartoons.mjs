/**
 * Cartoon faces that others drew, with true masks of their hair: node makeCartoons.mjs avataaars|toon-head OUT [COUNT]
 *
 * The faces are composed from the parts of a published package (Avataaars by Pablo Stanley, ToonHead by Johan Melin, both
 * as packed by DiceBear; the versions are below), which is installed into OUT/packages and never kept here. OUT/faces gets
 * the pictures to train on (3,000), OUT/truth what a bench of gates wants: pictures that are not among those, regions,
 * masks as `extrapolate modules --gate-from` takes them, and list.json, all as makeMasks.py beside makes of photographs.
 *
 * Masks are no drawing of ours: the same face is rendered with its hair, and with its background, in two colours more, and
 * the share of a pixel is how far it follows. What is neither is face above the chin and body below.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';

const version = '9.4.3';
const size = 128;
/** Pixels of a rendering in one of the picture. */
const fine = 4;
const truthCount = 76;

const hairColours = 'a55728 2c1b18 b58143 d6b370 724133 4a312c f59797 ecdcbf c93305 e8e1e1'.split(' ');
/** Without hair; what follows its colour even so is brows or a beard. */
const bald = { topProbability: 0, hairProbability: 0, rearHairProbability: 0 };
const hats = /hat|hijab|turban/i;

/** The square that is cut out so that the face stands as in a portrait, and what is chosen, in units of the drawing. */
const styles = {
  avataaars: {
    square: { left: 40, top: 8, side: 200 },
    chin: 186,
    options: ({ properties }, hair) => ({
      top: properties.top.default.filter((name) => !hats.test(name)),
      topProbability: 100,
      hairColor: [hair],
      facialHairColor: [hair],
    }),
  },
  'toon-head': {
    square: { left: 74, top: 0, side: 620 },
    chin: 575,
    options: (_, hair) => ({ hairColor: [hair], beardProbability: 10 }),
  },
};

/** Uniform from 0 to 1 (mulberry32), so that a set is the same everywhere. */
function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function hex(hue, saturation, lightness) {
  const channel = (n) => {
    const k = (n + hue * 12) % 12;
    const value =
      lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(255 * value)
      .toString(16)
      .padStart(2, '0');
  };
  return channel(0) + channel(8) + channel(4);
}

function brightness(colour) {
  const [red, green, blue] = [0, 2, 4].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

function toneOf(value) {
  return value > 0.6 ? 'light' : value < 0.35 ? 'dark' : 'middle';
}

/** @returns RGB bytes of the square, `side` pixels a side */
function render(svg, square, drawn, side) {
  const scale = side / square.side;
  const whole = Math.round(drawn * scale);
  const [left, top] = [square.left, square.top].map((value) => Math.round(value * scale));
  return sharp(Buffer.from(svg.replace('<svg ', `<svg width="${whole}" height="${whole}" `)))
    .extract({ left, top, width: side, height: side })
    .removeAlpha()
    .raw()
    .toBuffer();
}

function toPng(bytes, side, channels) {
  return sharp(bytes, { raw: { width: side, height: side, channels } });
}

/** Means over squares of `fine` pixels. */
async function shrink(bytes) {
  return toPng(bytes, size * fine, 3)
    .resize(size, size, { kernel: 'cubic' })
    .removeAlpha()
    .raw()
    .toBuffer();
}

async function main(name, out, count = 3000) {
  const style = styles[name];
  const packages = resolve(out, 'packages');
  await mkdir(packages, { recursive: true });
  await writeFile(join(packages, 'package.json'), '{"private":true}');
  execFileSync(
    'npm',
    ['install', '--no-audit', '--no-fund', `@dicebear/core@${version}`, `@dicebear/${name}@${version}`],
    {
      cwd: packages,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const load = (what) =>
    import(pathToFileURL(createRequire(join(packages, 'package.json')).resolve(what)).href);
  const { createAvatar } = await load('@dicebear/core');
  const drawings = await load(`@dicebear/${name}`);
  const folders = ['faces', 'truth/pictures', 'truth/masks', 'truth/regions'].map((folder) =>
    resolve(out, folder),
  );
  for (const folder of folders) await mkdir(folder, { recursive: true });
  const [faces, pictures, masks, regions] = folders;
  const list = {};
  for (let at = 0; at < count + truthCount; at++) {
    const random = createRandom(at * 7919 + 17);
    const hair = hairColours[Math.floor(random() * hairColours.length)];
    const background = hex(random(), 0.05 + 0.75 * random(), 0.15 + 0.77 * random());
    const options = style.options(drawings.schema, hair);
    const draw = (hairColour, backgroundColour, more = {}) =>
      createAvatar(drawings, {
        ...{ seed: `face ${at}`, ...options, ...more },
        ...{ hairColor: [hairColour], backgroundColor: [backgroundColour] },
      }).toString();
    const [, drawn] = /viewBox="0 0 (\d+)/.exec(draw(hair, background));
    const shown = async (...colours) =>
      shrink(await render(draw(...colours), style.square, Number(drawn), size * fine));
    const file = `${String(at).padStart(5, '0')}.png`;
    const isTruth = at >= count;
    await toPng(await shown(hair, background), size, 3)
      .png()
      .toFile(join(isTruth ? pictures : faces, file));
    if (!isTruth) continue;
    const [red, green] = [await shown('ff0000', background), await shown('00ff00', background)];
    const [redBald, greenBald] = [
      await shown('ff0000', background, bald),
      await shown('00ff00', background, bald),
    ];
    const [dark, light] = [await shown(hair, '000000'), await shown(hair, 'ffffff')];
    const chin = ((style.chin - style.square.top) / style.square.side) * size;
    const codes = Uint8Array.from({ length: size * size }, (_, pixel) => {
      const isBrowOrBeard = redBald[pixel * 3] - greenBald[pixel * 3] > 127;
      if (red[pixel * 3] - green[pixel * 3] > 127 && !isBrowOrBeard) return 180;
      if (light[pixel * 3] - dark[pixel * 3] > 127) return 0;
      return Math.floor(pixel / size) < chin ? 60 : 120;
    });
    await toPng(codes, size, 1).png().toFile(join(regions, file));
    await toPng(
      codes.map((code) => (code === 180 ? 255 : 0)),
      size,
      1,
    )
      .png()
      .toFile(join(masks, file));
    list[file] = {
      tone: toneOf(brightness(hair)),
      background: toneOf(brightness(background)),
      sample: 'random',
    };
  }
  await writeFile(resolve(out, 'truth/list.json'), JSON.stringify(list));
  process.stdout.write(`${count} faces and ${truthCount} with masks in ${out}\n`);
}

const [name, out, count] = process.argv.slice(2);
if (out === undefined || !(name in styles)) {
  process.stderr.write('node makeCartoons.mjs avataaars|toon-head OUT [COUNT]\n');
  process.exit(2);
}
await main(name, out, count === undefined ? undefined : Number(count));
