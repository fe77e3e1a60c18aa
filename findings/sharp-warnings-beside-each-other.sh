#!/usr/bin/env bash
# sharp 0.35.5 (libvips 8.18.7), Linux x64: pictures that fail beside each other share their words, and stats() may succeed with nothing
#
# With failOn: 'warning' a JPEG whose data end early is refused with "premature end of data segment": always, where one is asked at a time.
# libvips keeps what went wrong in one buffer for all threads, and sharp takes it from there. So of several such pictures that are
# decoded at the same time (as Promise.all does)
#   - raw().toBuffer() is rejected every time, but for many with no more than "Warning treated as error due to failOn setting", and others
#     get the lines of two or three pictures at once: the reason cannot be told from the message;
#   - stats() resolves for many of them, with no channels at all, as if a picture without any had been looked at.
# It is enough that whole pictures are decoded beside one that is cut short.
#
# A guess from the documentation: each call is refused, with its own reason.
# What helps: judge by toBuffer(), not by stats(); ask for the reason again while nothing else is decoded.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund sharp@0.35.5
cat >look.cjs <<'JS'
const sharp = require('sharp');
const [width, height] = [178, 218];
const values = Buffer.from(Array.from({ length: width * height * 3 }, (_, index) => (index * 7919) % 251));
const count = async (ask, together) => {
  const told = { refused: 0, other: 0, resolved: 0, empty: 0 };
  for (let round = 0; round < 400 / together; round++) {
    const one = async () => {
      try {
        const found = await ask();
        told.resolved += 1;
        if (found.channels?.length === 0) told.empty += 1;
      } catch (error) {
        if (error.message.includes('premature end')) told.refused += 1;
        else told.other += 1;
      }
    };
    await Promise.all(Array.from({ length: together }, one));
  }
  return told;
};
(async () => {
  const jpeg = await sharp(values, { raw: { width, height, channels: 3 } }).jpeg().toBuffer();
  const short = Buffer.concat([jpeg.subarray(0, jpeg.length / 2), Buffer.from([0xff, 0xd9])]);
  const open = () => sharp(short, { failOn: 'warning' });
  const alone = await count(() => open().stats(), 1);
  const stats = await count(() => open().stats(), 8);
  const bytes = await count(() => open().raw().toBuffer(), 8);
  console.log('libvips', sharp.versions.vips);
  console.log('stats(), one at a time:    ', JSON.stringify(alone));
  console.log('stats(), eight together:   ', JSON.stringify(stats));
  console.log('toBuffer(), eight together:', JSON.stringify(bytes));
  const isAsSeen = alone.refused === 400 && stats.empty > 0 && stats.empty === stats.resolved && bytes.resolved === 0 && bytes.other > 0;
  if (!isAsSeen) console.log('This is not what was seen before.');
  process.exitCode = isAsSeen ? 0 : 1;
})();
JS
# Seen on two cores:
#   stats(), one at a time:     {"refused":400,"other":0,"resolved":0,"empty":0}
#   stats(), eight together:    {"refused":270,"other":0,"resolved":130,"empty":130}
#   toBuffer(), eight together: {"refused":305,"other":95,"resolved":0,"empty":0}
node look.cjs
