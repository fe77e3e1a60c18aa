import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { associate, desktopWord, programFile, typeFile } from '../../scripts/associate.mjs';

let share = '';
let said = '';
beforeEach(() => {
  share = mkdtempSync(join(tmpdir(), 'extrapolation share '));
  said = '';
  const hear = (text: string | Uint8Array): boolean => {
    said += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(hear);
  vi.spyOn(process.stderr, 'write').mockImplementation(hear);
});
afterEach(() => {
  rmSync(share, { recursive: true, force: true });
});

const program = (): string => join(share, 'applications', 'extrapolation-studio.desktop');
const type = (): string => join(share, 'mime', 'packages', 'extrapolation-studio.xml');

describe('a double click on a recipe', () => {
  it('is written into two files, and taken away again', () => {
    expect(associate([], { XDG_DATA_HOME: share }, 'linux')).toBe(0);
    expect(readFileSync(program(), 'utf8')).toMatch(
      /^Exec="[^\n]+" "[^\n]+\/scripts\/extrapolate\.mjs" %f$/m,
    );
    // The two files speak of one type.
    const name = /<mime-type type="([^"]+)">/.exec(readFileSync(type(), 'utf8'))?.[1];
    expect(readFileSync(program(), 'utf8')).toContain(`\nMimeType=${name};\n`);
    expect(typeFile).toContain('<glob pattern="*.recipe.json" weight="80"/>');
    expect(associate(['--remove'], { XDG_DATA_HOME: share }, 'linux')).toBe(0);
    expect([existsSync(program()), existsSync(type())]).toEqual([false, false]);
    expect(said).toContain('Taken away: ');
  });

  it('says on other systems what to do there, and writes nothing', () => {
    expect(associate([], { XDG_DATA_HOME: share }, 'darwin')).toBe(2);
    expect(said).toContain('drop a recipe on the Studio');
    expect(existsSync(program())).toBe(false);
  });

  it('knows one option', () => {
    expect(associate(['--delete'], { XDG_DATA_HOME: share }, 'linux')).toBe(2);
    expect(said).toBe('There is one option: --remove.\n');
  });

  // The Desktop Entry Specification: inside quotes " ` $ \ take a backslash, each backslash of a value is written twice, % as %%.
  it.each([
    ['/a b/node', '"/a b/node"'],
    ['/a$b', '"/a\\\\$b"'],
    ['/50%', '"/50%%"'],
  ])('quotes %s as %s', (word, quoted) => {
    expect(desktopWord(word)).toBe(quoted);
  });

  it('shows the mark of the Studio', () => {
    expect(programFile('/x/mark.svg')).toContain('\nIcon=/x/mark.svg\n');
  });
});
