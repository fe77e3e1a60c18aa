import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builderConfig } from '../../packaging/builderConfig.mjs';
import { copyElectron } from '../../packaging/electronDist.mjs';
import { drawIcons } from '../../packaging/icons.mjs';
import { compilerArguments, ensureCompiled } from '../../scripts/bootstrap/compiler.mjs';
import { appArmorProfile } from '../../scripts/sandbox.mjs';

const root = join(import.meta.dirname, '../..');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'extrapolation-packaging-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a package', () => {
  it('has its fuses set, and keeps the one that trainers need', () => {
    const { electronFuses } = builderConfig({ parts: 'parts', electron: undefined, output: 'out' });
    expect(electronFuses).toEqual({
      runAsNode: true,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
    });
  });

  it('has beside its archive all that other processes run', () => {
    const { asarUnpack, files } = builderConfig({ parts: 'parts', electron: undefined, output: 'out' });
    expect(asarUnpack).toEqual(
      expect.arrayContaining(['out/**', 'resources/**', 'scripts/**', 'node_modules/**', 'package.json']),
    );
    const scripts = files.filter((file) => file.startsWith('scripts/'));
    for (const file of scripts) expect(existsSync(join(root, file.replace('/**', '')))).toBe(true);
  });

  it('takes Electron alone from a folder that holds more', () => {
    const from = join(folder, 'from');
    mkdirSync(join(from, 'resources'), { recursive: true });
    mkdirSync(join(from, 'locales'));
    writeFileSync(join(from, 'electron'), '#!/bin/sh\necho 99.1.2\n', { mode: 0o755 });
    for (const name of ['chrome-sandbox', 'icudtl.dat', 'AppRun', 'other.desktop', 'resources/app.asar'])
      writeFileSync(join(from, name), '');
    const to = join(folder, 'to');
    expect(copyElectron(from, to)).toBe('99.1.2');
    expect(
      ['electron', 'chrome-sandbox', 'icudtl.dat', 'locales'].every((name) => existsSync(join(to, name))),
    ).toBe(true);
    expect(['AppRun', 'other.desktop', 'resources/app.asar'].some((name) => existsSync(join(to, name)))).toBe(
      false,
    );
    expect(readFileSync(join(to, 'version'), 'utf8')).toBe('99.1.2');
  });

  it('has icons in the sizes that desktops ask for', async () => {
    await drawIcons(join(root, 'src', 'renderer', 'mark.svg'), folder);
    for (const side of [16, 48, 512]) {
      const { width, height } = await sharp(join(folder, `${side}.png`)).metadata();
      expect([width, height]).toEqual([side, side]);
    }
  });

  it.each(['postinst', 'postrm'])('has a %s that a shell reads, with the places of the rest', (name) => {
    const file = join(root, 'packaging', 'linux', name);
    execFileSync('sh', ['-n', file]);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('/etc/apparmor.d/extrapolation-studio');
    expect(text).toContain('/usr/share/mime/packages/extrapolation-studio.xml');
    expect(appArmorProfile('/usr/lib/extrapolation-studio/extrapolation-studio')).toContain('userns,');
  });
});

describe('the binding that a package brings', () => {
  it('looks for TensorFlow beside itself', () => {
    const places = { tfjs: '/t', headers: '/h', runtime: '/r', libraries: [], target: '/x.node' };
    const rpath = '$ORIGIN/../runtimes/one/tensorflow';
    expect(compilerArguments({ ...places, rpath }, 'linux')).toContain(`-Wl,-rpath,${rpath}`);
    expect(compilerArguments(places, 'linux')).toContain('-Wl,-rpath,/r/tensorflow');
  });

  it.each([
    ['is taken where it fits', 'key', true],
    ['is left where it was made for something else', 'another', false],
  ])('%s', async (_what, key, isTaken) => {
    const prebuilt = join(folder, 'prebuilt');
    mkdirSync(prebuilt);
    writeFileSync(join(prebuilt, 'cpu.node'), 'compiled');
    writeFileSync(join(prebuilt, 'cpu.json'), JSON.stringify({ key: 'key' }));
    const definition = { id: 'one', version: '1', variant: 'cpu', libraries: [], wheels: [] } as const;
    const asked = {
      prebuilt,
      key,
      tfjs: '/t',
      headers: '/h',
      runtime: join(folder, 'runtimes', 'one'),
      definition,
    };
    const said: string[] = [];
    const compiled = ensureCompiled(asked, {
      ...{ root: folder, cache: folder, env: { PATH: '/nowhere' } },
      report: { say: (text: string) => said.push(text), step: () => Promise.reject(new Error('compiled')) },
    });
    if (!isTaken) {
      await expect(compiled).rejects.toThrow('A C++ compiler is needed');
      return;
    }
    expect(readFileSync(await compiled, 'utf8')).toBe('compiled');
    expect(await compiled).toMatch(new RegExp(`^${folder}/bindings/[0-9a-f]+\\.node$`));
  });
});
