import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/**
 * A clone in miniature: the real scripts, real npm, pip, Python and compiler, with three tiny packages, and in place of TensorFlow a
 * wheel of a few kilobytes whose library gives back a number. Only the table of wheels (pins.mjs) is another one, and our part of the
 * binding (functions.cc) includes the package's as the real one does, and adds nothing: there is no TensorFlow to join ops into functions.
 */

const repository = resolve(import.meta.dirname, '../../..');
const helper = (name: string): string => join(import.meta.dirname, name);

export interface Wheel {
  readonly name: string;
  readonly version: string;
  readonly platform: string;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly unpackedBytes: number;
  readonly keep: readonly string[];
  readonly leave?: readonly string[];
}

export interface Definition {
  readonly id: string;
  readonly version: string;
  readonly variant: 'cpu' | 'gpu';
  readonly libraries: readonly string[];
  readonly wheels: readonly Wheel[];
}

export interface Definitions {
  readonly cpu?: Definition;
  readonly gpu?: Definition;
}

/** Wheels and definitions that all tests of a file share. */
export interface Index {
  readonly folder: string;
  readonly cpu: Definition;
  readonly gpu: Definition;
}

const platform = 'manylinux_2_27_x86_64';
const version = '9.9.9';
const libraries = ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'];

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function compileLibrary(file: string, source: string, more: readonly string[] = []): void {
  mkdirSync(dirname(file), { recursive: true });
  const text = `${file}.cc`;
  writeFileSync(text, source);
  execFileSync('g++', [
    '-shared',
    '-fPIC',
    text,
    '-o',
    file,
    `-Wl,-soname,${file.split('/').at(-1)!}`,
    ...more,
  ]);
  rmSync(text);
}

function wheelOf(
  folder: string,
  contents: string,
  name: string,
  tag: string,
  keep: readonly string[],
): Wheel {
  const file = `${name.replaceAll('-', '_')}-${version}-${tag}-${platform}.whl`;
  const path = join(folder, file);
  execFileSync('python3', [helper('makeWheel.py'), path, name, version, `${tag}-${platform}`, contents]);
  const bytes = readFileSync(path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const unpackedBytes = 50_000_000;
  return { name, version, platform, file, sha256, bytes: bytes.length, unpackedBytes, keep };
}

/**
 * The source of TensorFlow's framework library: like the real one it logs while it is loaded, through the function of the real one,
 * and again when it is used.
 */
function talkativeLibrary(answer: string): string {
  return `#include <cstdio>
#include <cstdlib>
#include <string_view>
namespace absl {
inline namespace lts_20250814 {
enum class LogSeverity : int {};
namespace log_internal {
void WriteToStderr(std::string_view text, LogSeverity) {
  std::fprintf(stderr, "unchanged: %.*s", int(text.size()), text.data());
}
}
}
}
static void say(const char* text, int severity) {
  absl::log_internal::WriteToStderr(text, absl::LogSeverity{severity});
}
static bool trouble() { return std::getenv("FAKE_TROUBLE") != nullptr; }
static struct Loading {
  Loading() {
    say("I loading\\n", 0);
    say("W loading\\n", 1);
    if (trouble()) say("E loading\\n", 2);
  }
} loading;
extern "C" int inner() {
  if (trouble()) say("I at work\\n", 0);
  return ${answer};
}
`;
}

/** Makes the folder of wheels that stands for the package index. */
export function makeIndex(parent: string): Index {
  const folder = join(parent, 'index');
  mkdirSync(folder);
  const header = 'extern "C" int answer();\n';
  const cpu = join(parent, 'cpu');
  write(join(cpu, 'tensorflow/include/tensorflow/c/c_api.h'), header);
  write(join(cpu, 'tensorflow/python/unwanted.py'), '');
  compileLibrary(join(cpu, libraries[1]!), talkativeLibrary('42'));
  const link = ['-Wl,--no-as-needed', join(cpu, libraries[1]!), '-Wl,-rpath,$ORIGIN'];
  compileLibrary(
    join(cpu, libraries[0]!),
    'extern "C" int inner(); extern "C" int answer() { return inner(); }',
    link,
  );
  // Long to write and short to fetch, so that a start can be killed in the middle of unpacking.
  writeFileSync(join(cpu, 'tensorflow/include/tensorflow/c/large.bin'), Buffer.alloc(48_000_000));
  const keep = [...libraries, 'tensorflow/include/tensorflow/c/'];

  const nvidia = join(parent, 'nvidia');
  const cuda = join(nvidia, 'nvidia/fake/lib/libfakecuda.so.12');
  compileLibrary(cuda, 'extern "C" int device() { return 43; }');
  write(join(nvidia, 'nvidia/fake/include/unwanted.h'), '');
  const gpu = join(parent, 'gpu');
  write(join(gpu, 'tensorflow/include/tensorflow/c/c_api.h'), header);
  const beside = [cuda, '-Wl,-rpath,$ORIGIN/../nvidia/fake/lib'];
  compileLibrary(
    join(gpu, libraries[1]!),
    `extern "C" int device();\n${talkativeLibrary('device()')}`,
    beside,
  );
  const gpuLink = [
    ...link.slice(0, 1),
    join(gpu, libraries[1]!),
    '-Wl,-rpath,$ORIGIN',
    '-Wl,--allow-shlib-undefined',
  ];
  compileLibrary(
    join(gpu, libraries[0]!),
    'extern "C" int inner(); extern "C" int answer() { return inner(); }',
    gpuLink,
  );

  const common = { version, libraries };
  const tensorflow = wheelOf(folder, gpu, 'tensorflow', 'cp311-cp311', keep);
  const fake = {
    ...wheelOf(folder, nvidia, 'nvidia-fake-cu12', 'py3-none', ['nvidia/']),
    leave: ['include'],
  };
  return {
    folder,
    cpu: {
      ...common,
      id: 'fake-cpu',
      variant: 'cpu',
      wheels: [wheelOf(folder, cpu, 'tensorflow-cpu', 'cp311-cp311', keep)],
    },
    gpu: { ...common, id: 'fake-gpu', variant: 'gpu', wheels: [tensorflow, fake] },
  };
}

const bindingSource = `#include <node_api.h>
#include "tensorflow/c/c_api.h"
static napi_value Init(napi_env env, napi_value exports) {
  napi_value value;
  napi_create_int32(env, answer(), &value);
  napi_set_named_property(env, exports, "answer", value);
  return exports;
}
NAPI_MODULE(NODE_GYP_MODULE_NAME, Init)
`;

/** The command line of the clone: says what the binding answers, then ends, waits or is interrupted as its arguments say. */
const cliSource = `const record = process.env.EXTRAPOLATION_RUNTIME;
const own = record && JSON.parse(require('node:fs').readFileSync(record, 'utf8')).binding;
const { answer } = require(own ?? '@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node');
const args = process.argv.slice(2);
process.stdout.write(JSON.stringify({ answer, args, gpu: process.env.EXTRAPOLATION_GPU ?? '' }) + '\\n');
if (args[0] === 'exit') process.exitCode = Number(args[1]);
if (args[0] === 'wait') {
  let count = 0;
  process.on('SIGINT', () => {
    count += 1;
    process.stdout.write('interrupt ' + count + '\\n');
    setTimeout(() => process.exit(130), 700);
  });
  setTimeout(() => process.exit(9), 20_000);
  process.stdout.write('ready\\n');
}
`;

const builderSource = `const fs = require('node:fs');
fs.mkdirSync('out/main', { recursive: true });
fs.copyFileSync('src/cli.cjs', 'out/main/cli.js');
`;

/** What stands for vitest in the clone's own \`npm test\`. */
const checkSource = `const fs = require('node:fs');
const file = process.argv.find((text) => text.startsWith('--outputFile.json=')).split('=')[1];
const report = JSON.parse(fs.readFileSync(process.argv[2] + '.json', 'utf8'));
fs.writeFileSync(file, JSON.stringify(report));
process.exitCode = report.numFailedTests === 0 ? 0 : 1;
`;

function writePackage(root: string, name: string, files: Readonly<Record<string, string>>): void {
  const folder = join(root, 'vendor', name);
  write(join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0' }));
  for (const [file, text] of Object.entries(files)) write(join(folder, file), text);
}

/** Makes a fresh clone: no node_modules, no out. */
export function makeClone(root: string, definitions: Definitions): void {
  cpSync(join(repository, 'scripts'), join(root, 'scripts'), { recursive: true });
  writePins(root, definitions);
  write(join(root, 'scripts/bootstrap/functions.cc'), '#include "binding/tfjs_binding.cc"\n');
  writePackage(root, '@tensorflow/tfjs-node-gpu', {
    'binding/tfjs_backend.cc': '#include "tensorflow/c/c_api.h"\n',
    'binding/tfjs_binding.cc': bindingSource,
  });
  writePackage(root, 'node-api-headers', {});
  symlinkSync(
    join(repository, 'node_modules/node-api-headers/include'),
    join(root, 'vendor/node-api-headers/include'),
  );
  writePackage(root, 'electron-vite', { 'bin/electron-vite.js': builderSource });
  write(join(root, 'src/cli.cjs'), cliSource);
  write(join(root, 'check.cjs'), checkSource);
  const names = ['@tensorflow/tfjs-node-gpu', 'node-api-headers', 'electron-vite'];
  const pass = 'node -e 0';
  write(
    join(root, 'package.json'),
    JSON.stringify({
      name: 'clone',
      version: '1.0.0',
      scripts: {
        start: 'node scripts/extrapolate.mjs',
        test: 'node scripts/test.mjs',
        lint: pass,
        typecheck: pass,
        layers: pass,
        unit: 'node check.cjs unit',
        integration: 'node check.cjs integration',
        e2e: 'node check.cjs e2e',
        speed: pass,
      },
      dependencies: Object.fromEntries(names.map((name) => [name, `file:vendor/${name}`])),
    }),
  );
  const entries = names.flatMap((name): [string, object][] => [
    [`vendor/${name}`, { name, version: '1.0.0' }],
    [`node_modules/${name}`, { resolved: `vendor/${name}`, link: true }],
  ]);
  const dependencies = Object.fromEntries(names.map((name) => [name, `file:vendor/${name}`]));
  const packages = { '': { name: 'clone', version: '1.0.0', dependencies }, ...Object.fromEntries(entries) };
  write(
    join(root, 'package-lock.json'),
    JSON.stringify({ name: 'clone', version: '1.0.0', lockfileVersion: 3, packages }),
  );
}

export function writePins(root: string, definitions: Definitions): void {
  const text = `export function definitionsFor() { return ${JSON.stringify(definitions)}; }\n`;
  writeFileSync(join(root, 'scripts/bootstrap/pins.mjs'), text);
}

/** A folder of links to all programs on the PATH except some: a machine that lacks them. */
export function pathWithout(parent: string, lacking: readonly string[]): string {
  const folder = mkdtempSync(join(parent, 'path-'));
  for (const place of (process.env['PATH'] ?? '').split(':')) {
    let names: string[];
    try {
      names = readdirSync(place);
    } catch {
      continue;
    }
    for (const name of names) {
      if (lacking.includes(name)) continue;
      try {
        symlinkSync(join(place, name), join(folder, name));
      } catch {
        // An earlier folder of the PATH has it: that one counts.
      }
    }
  }
  return folder;
}

/** Puts a program of one's own in front of the PATH. */
export function pathWithProgram(parent: string, name: string, script: string): string {
  const folder = mkdtempSync(join(parent, 'path-'));
  writeFileSync(join(folder, name), script);
  chmodSync(join(folder, name), 0o755);
  return `${folder}:${process.env['PATH'] ?? ''}`;
}

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly pid: number;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Resolves when stderr holds the text. */
  readonly said: (text: string) => Promise<void>;
  readonly ended: Promise<Outcome>;
}

/** Starts the clone's `scripts/extrapolate.mjs`, or another program in the clone. */
export function start(
  root: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  program = 'scripts/extrapolate.mjs',
  account: { uid?: number; gid?: number } = {},
): Started {
  const child = spawn(process.execPath, [join(root, program), ...args], {
    cwd: root,
    env,
    ...account,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const waiting: { text: string; done: () => void }[] = [];
  const look = (): void => {
    for (const { text, done } of waiting) if (stderr.includes(text)) done();
  };
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => {
    stderr += bytes.toString();
    look();
  });
  const ended = new Promise<Outcome>((done) => {
    child.on('close', (code, signal) => {
      for (const { done: give } of waiting) give();
      done({ code, signal, stdout, stderr });
    });
  });
  const said = (text: string): Promise<void> =>
    new Promise((done) => {
      waiting.push({ text, done });
      look();
    });
  return { pid: child.pid!, kill: (signal) => void child.kill(signal), said, ended };
}

export function makeTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** An environment with a cache of its own, the folder as the only package index, and no GPU whatever machine this is. */
export function environment(cache: string, index: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const own = /^(pip_|npm_|extrapolation_|ld_library|cxx$)/i;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
  const pip = { PIP_CONFIG_FILE: '/dev/null', PIP_NO_INDEX: '1', PIP_FIND_LINKS: index };
  return { ...env, ...pip, EXTRAPOLATION_CACHE: cache, EXTRAPOLATION_GPU: '0', ...more };
}

export function namesIn(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(folder);
}
