import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { EngineOwner } from '../serve/owner/engineOwner.ts';
import type { EngineProcess, EngineState } from '../serve/owner/engineOwner.ts';
import { launchNodeProcess } from '../serve/owner/nodeProcess.ts';
import { keepPort, lastPort } from './enginePort.ts';
import { unpacked } from './packagedFiles.ts';
import { launchUtilityProcess } from './utilityEngine.ts';

/** The oldest Node that the engine runs on. */
const oldestNode = [20, 19] as const;

export interface OwnedEngine {
  owner: EngineOwner;
  /** Hears every change of the engine's state, and the newest one at once. */
  onState: (listener: (state: EngineState) => void) => void;
}

/** Starts the engine: as a child of the Node that EXTRAPOLATION_NODE names, else inside Electron where its Node is new enough. */
export async function startEngine(): Promise<OwnedEngine> {
  const token = process.env['EXTRAPOLATION_TOKEN'] ?? randomBytes(24).toString('base64url');
  const listeners: ((state: EngineState) => void)[] = [];
  let newest: EngineState = { kind: 'starting' };
  const owner = new EngineOwner({
    token,
    port: await lastPort(),
    launch: (port) => launch(port, token),
    onState: (state) => {
      newest = state;
      if (state.kind === 'ready') keepPort(state.port);
      for (const listener of listeners) listener(state);
    },
  });
  // What goes wrong is told by the state; the window shows it.
  owner.start().catch(() => undefined);
  return {
    owner,
    onState: (listener) => {
      listeners.push(listener);
      listener(newest);
    },
  };
}

function launch(port: number, token: string): EngineProcess {
  const cli = unpacked(join(__dirname, 'cli.js'));
  const args = ['serve', '--engine', '--port', String(port), ...folderArgs()];
  const env: NodeJS.ProcessEnv = { ...process.env, EXTRAPOLATION_TOKEN: token };
  env['EXTRAPOLATION_RUNS'] ??= runsFolder();
  const program = process.env['EXTRAPOLATION_NODE'];
  if (program !== undefined && program !== '')
    return launchNodeProcess({ program, args: [cli, ...args], env });
  return isNodeNewEnough(process.versions.node) ? launchUtilityProcess(cli, args, env) : refusedProcess();
}

/** Runs started from the project's folder stay there; a desktop started from anywhere keeps them with the documents. */
function runsFolder(): string {
  const folder = join(dataFolder(), 'runs');
  mkdirSync(folder, { recursive: true });
  return folder;
}

function dataFolder(): string {
  return process.env['npm_lifecycle_event'] === undefined
    ? join(app.getPath('documents'), 'Extrapolation Studio')
    : process.cwd();
}

/** EXTRAPOLATION_FOLDERS: folders the page may use, parted as PATH is; else the data folder and the home folder. */
function folderArgs(): string[] {
  const given = process.env['EXTRAPOLATION_FOLDERS'];
  const separator = process.platform === 'win32' ? ';' : ':';
  const folders = given === undefined ? [dataFolder(), homedir()] : given.split(separator);
  return folders.filter((folder) => folder !== '').flatMap((folder) => ['--folder', folder]);
}

function isNodeNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
}

/** An engine that cannot be started says why as if it had ended. */
function refusedProcess(): EngineProcess {
  const reason = `the Node inside this Electron is ${process.versions.node}, and the engine needs ${oldestNode.join('.')} or newer; start the Studio by "npm start", which gives it its own Node`;
  return {
    onLine: () => undefined,
    onExit: (listener) => {
      setImmediate(listener, reason);
    },
    kill: () => undefined,
  };
}
