import type { Finding } from '../../contract/dataSet.ts';

/** What a finding says of its files, and what can be done. */
export function wordsFor(kind: Finding['kind'], count: number): { sentence: string; fix: string } {
  const one = count === 1;
  const files = one ? '1 file' : `${count.toLocaleString('en-US')} files`;
  const images = one ? '1 image' : `${count.toLocaleString('en-US')} images`;
  const is = one ? 'is' : 'are';
  const it = one ? 'it' : 'them';
  const leftOut = `Nothing needs doing: training leaves ${it} out. To have ${it}, download or copy ${it} again.`;
  const readAnyway = 'Nothing needs doing.';
  switch (kind) {
    case 'zero-bytes':
      return { sentence: `${files} ${is} empty.`, fix: leftOut };
    case 'truncated':
      return { sentence: `${images} ${is} cut short: the file ends before the picture does.`, fix: leftOut };
    case 'web-page':
      return {
        sentence: `${files} ${is} ${one ? 'a web page' : 'web pages'}: a download page was saved under the picture’s name.`,
        fix: leftOut,
      };
    case 'archive':
      return {
        sentence: `${one ? 'There is an archive' : `There are ${files} that are archives`} in the folder; ${one ? 'its' : 'their'} contents are not read.`,
        fix: `If ${one ? 'it holds' : 'they hold'} pictures, unpack ${it} here (for example: unzip NAME) and check again.`,
      };
    case 'wrong-extension':
      return {
        sentence: `${images} ${is} not in the format that the name says.`,
        fix: `${readAnyway} The content counts, not the name.`,
      };
    case 'palette':
      return {
        sentence: `${images} ${one ? 'has' : 'have'} a palette.`,
        fix: `${readAnyway} Colours are converted while reading.`,
      };
    case 'sixteen-bit':
      return {
        sentence: `${images} ${one ? 'has' : 'have'} 16 bits a channel.`,
        fix: `${readAnyway} The upper 8 bits are used.`,
      };
    case 'cmyk':
      return {
        sentence: `${images} ${is} in print colours (CMYK).`,
        fix: `${readAnyway} Colours are converted to sRGB.`,
      };
    case 'rotated':
      return {
        sentence: `${images} ${is} stored rotated, with an EXIF note that says so.`,
        fix: `${readAnyway} The note is followed.`,
      };
    case 'transparent':
      return {
        sentence: `${images} can be transparent.`,
        fix: `${readAnyway} What is transparent becomes white.`,
      };
    case 'undecodable':
      return { sentence: `${files} cannot be read as ${one ? 'a picture' : 'pictures'}.`, fix: leftOut };
    case 'too-small':
      return {
        sentence: `${images} ${is} too small to train on.`,
        fix: `Nothing needs doing: training leaves ${it} out.`,
      };
    case 'unreadable-list':
      return {
        sentence: 'A list cannot be read.',
        fix: 'Download the list again, or continue without it: training works, naming modules by attribute does not.',
      };
    case 'missing-rows':
      return { sentence: 'A list lacks rows.', fix: 'Nothing needs doing: training works without them.' };
    case 'extra-rows':
      return {
        sentence: 'A list has rows for pictures that are missing.',
        fix: 'If the folder should hold all pictures, unpack the archive again; if only a part is meant to be there, nothing needs doing.',
      };
    case 'outside-links':
      return {
        sentence: 'Links lead out of the folders that may be used.',
        fix: 'Start the Studio with --folder and the folder that they lead to, or put the files themselves here.',
      };
    case 'other-format':
      return {
        sentence: `${images} ${is} in a format that is not read here.`,
        fix: `To have ${it}, save ${it} as JPEG or PNG.`,
      };
    case 'heic':
      return {
        sentence: `${images} ${is} in HEIC, the format of iPhones, which is not read here.`,
        fix: `To have ${it}, save ${it} as JPEG: export from Photos on a Mac, “heif-convert NAME.HEIC NAME.jpg” on Linux. New ones are JPEG where the iPhone’s camera is set to “Most Compatible”.`,
      };
    case 'other-numbers':
      return {
        sentence: `${images} ${one ? 'has' : 'have'} fractions or 32 bits for values, which do not say what is white.`,
        fix: `To have ${it}, save ${it} with 8 or 16 bits a channel.`,
      };
    case 'no-right':
      return {
        sentence: `${files} may not be read by this account.`,
        fix: `To have ${it}, give yourself permission to read ${it} (for example: chmod u+r NAME) and check again.`,
      };
    case 'own-output':
      return {
        sentence: 'The Studio wrote some of what is in this folder.',
        fix: 'Nothing needs doing. To train on an export, choose its own folder.',
      };
    case 'aside-folders':
      return {
        sentence: 'Some folders look like masks, labels or thumbnails.',
        fix: `If ${one ? 'it holds' : 'they hold'} pictures to train on, say --all-folders to “data check” and “train”, or turn the switch on in the form of a new run. Otherwise nothing needs doing.`,
      };
    case 'system-folders':
      return { sentence: 'This folder contains folders of the system.', fix: readAnyway };
    case 'unreadable-folders':
      return {
        sentence: 'Some folders may not be read.',
        fix: `If there are pictures there, give yourself permission to read ${it} (for example: chmod u+rx NAME) and check again.`,
      };
    case 'foreign-names':
      return {
        sentence: 'Some names are not in UTF-8.',
        fix: `To have ${it}, give ${it} ${one ? 'another name' : 'other names'} (for example: convmv -r -f latin1 -t utf8 --notest FOLDER) and check again.`,
      };
    case 'known-links':
      return { sentence: 'Links form a loop.', fix: readAnyway };
    case 'broken-links':
      return {
        sentence: 'Links lead nowhere.',
        fix: 'If a disk is missing, connect it and check again; otherwise nothing needs doing.',
      };
    case 'unfinished-set':
      return {
        sentence: 'The set is unfinished.',
        fix: 'Run the command that made it again; it continues where it stopped.',
      };
  }
}
