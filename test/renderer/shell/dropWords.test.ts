import { expect, it } from 'vitest';
import { dropHint, wordsOfDrop } from '../../../src/renderer/shell/dropWords.ts';

const photo = { name: 'me.jpg', type: 'image/jpeg' };
const text = { name: 'notes.txt', type: 'text/plain' };

it('says of a folder in a browser why it is not opened, and how it is', () => {
  expect(wordsOfDrop({ folder: 'faces', files: [] }, 'data')).toBe(
    'A browser does not tell a page where the folder “faces” is. Press “Choose…” and choose it there.',
  );
});

it('says where photos go, on a page that takes none', () => {
  expect(wordsOfDrop({ folder: undefined, files: [photo] }, 'data')).toMatch(
    /^Photos can be dropped on Explore/,
  );
});

it.each([
  ['intervene', [text]],
  ['data', [text, photo]],
])('names what it cannot take on %s, and what it can', (page, files) => {
  expect(wordsOfDrop({ folder: undefined, files }, page)).toBe(
    'notes.txt cannot be opened here: the Studio takes photos, recipes (.json), and folders of pictures.',
  );
});

it('says on a page for photos why they are not taken by the model that is chosen', () => {
  expect(wordsOfDrop({ folder: undefined, files: [photo] }, 'intervene')).toBe(
    'The chosen model cannot use photos. Choose a run with an encoder, such as a β-VAE, that has a checkpoint.',
  );
});

it('says what may be dropped while something is held over the window', () => {
  expect(dropHint('explore')).toMatch(/^Drop photos to open them here/);
  expect(dropHint('train')).toBe('Drop a recipe, a picture saved with one, or a folder of pictures');
});
