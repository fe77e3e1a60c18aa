/** What the tests use of the scripts, which are plain modules with their types in comments. */
declare module '*/scripts/nodeVersion.mjs' {
  export function nodeTooOld(version: string): string | undefined;
  export function nodeNotice(version: string, today: Date): string | undefined;
}
declare module '*/scripts/bootstrap/cacheFolder.mjs' {
  export function cacheFolder(env: NodeJS.ProcessEnv, platform: string, home: string): string;
}
declare module '*/scripts/bootstrap/gpu.mjs' {
  export function findDriverFile(env: NodeJS.ProcessEnv, root: string): Promise<string | undefined>;
  export function chooseVariant(facts: {
    wish: 'wanted' | 'forbidden' | undefined;
    driver: string | undefined;
    available: boolean;
    platform: string;
    installed: 'cpu' | 'gpu' | undefined;
  }): { variant: 'cpu' | 'gpu'; reason: string };
}
declare module '*/scripts/bootstrap/compiler.mjs' {
  export const functions: string;
  export const quietLoading: string;
  export function compilerArguments(
    places: {
      tfjs: string;
      headers: string;
      runtime: string;
      libraries: readonly string[];
      target: string;
      rpath?: string;
    },
    platform: string,
  ): string[];
  export function ensureCompiled(
    what: {
      prebuilt: string;
      key: string;
      tfjs: string;
      headers: string;
      runtime: string;
      definition: { id: string; variant: 'cpu' | 'gpu'; libraries: readonly string[] };
    },
    surroundings: {
      root: string;
      cache: string;
      env: NodeJS.ProcessEnv;
      report: { say: (text: string) => void; step: () => Promise<never> };
    },
  ): Promise<string>;
}
declare module '*/packaging/builderConfig.mjs' {
  export function builderConfig(facts: {
    parts: string;
    electron: { folder: string; version: string } | undefined;
    output: string;
  }): { electronFuses: Record<string, boolean>; asarUnpack: string[]; files: string[] };
}
declare module '*/packaging/electronDist.mjs' {
  export function copyElectron(from: string, to: string): string;
}
declare module '*/packaging/icons.mjs' {
  export function drawIcons(mark: string, folder: string): Promise<void>;
}
declare module '*/scripts/bootstrap/pins.mjs' {
  interface Wheel {
    name: string;
    platform: string;
    file: string;
    sha256: string;
    bytes: number;
    unpackedBytes: number;
    keep: readonly string[];
  }
  interface Definition {
    id: string;
    version: string;
    libraries: readonly string[];
    wheels: readonly Wheel[];
  }
  export function definitionsFor(
    platform: string,
    architecture: string,
  ): { cpu?: Definition; gpu?: Definition };
}
declare module '*/scripts/desktop.mjs' {
  export function findElectron(root: string, env: NodeJS.ProcessEnv): Promise<string | undefined>;
  export function openDesktop(
    root: string,
    options: {
      recipe?: string;
      env: NodeJS.ProcessEnv;
      platform: NodeJS.Platform;
      stream: NodeJS.WritableStream;
    },
  ): Promise<number | undefined>;
}
declare module '*/scripts/desktop/whyNoWindow.mjs' {
  export function whyNoDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined;
  export function missingLibraries(electron: string): string[];
  export function knownSandboxReason(read: (file: string) => string | undefined): string | undefined;
  export function explainEnd(end: {
    code: number | null;
    signal: NodeJS.Signals | null;
    said: string;
    electron: string;
    env: NodeJS.ProcessEnv;
  }): string;
}
declare module '*/scripts/sandbox.mjs' {
  export function appArmorProfile(program: string): string;
  export function sandboxHelp(place: { electron: string; profile: string; hasAppArmor: boolean }): string[];
}
declare module '*/scripts/sourceImports.mjs' {
  type Imports = Map<string, Map<string, string[]>>;
  export const equationsFolder: string;
  export function readImports(root: string): Imports;
  export function usersOf(imports: Imports, file: string): [importer: string, names: string[]][];
  export function idleEquations(root: string): string[];
}
declare module '*/scripts/associate.mjs' {
  export function associate(
    args: readonly string[],
    env: NodeJS.ProcessEnv,
    platform: NodeJS.Platform,
  ): number;
  export function desktopWord(word: string): string;
  export function programFile(icon: string): string;
  export const typeFile: string;
}
declare module '*/scripts/mutation.mjs' {
  interface Mutant {
    status: string;
    statusReason?: string;
    mutatorName: string;
    replacement?: string;
    location: { start: { line: number; column: number }; end: { line: number; column: number } };
  }
  export function summarise(report: { files: Record<string, { source: string; mutants: Mutant[] }> }): {
    made: number;
    tried: number;
    killed: number;
    survived: number;
    uncovered: number;
    score: number;
    survivors: string[];
  };
}
declare module '*/scripts/mutation/sample.mjs' {
  export const outsideSample: string;
  export function placeOf(
    mutant: {
      fileName: string;
      mutatorName: string;
      replacement?: string;
      location: { start: object; end: object };
    },
    seed: number,
    root: string,
  ): number;
}
declare module '*/scripts/chromium.mjs' {
  import type { Browser } from 'playwright-core';
  export function findChromium(env: NodeJS.ProcessEnv): string | undefined;
  export function launchChromium(executablePath: string | undefined): Promise<Browser>;
}
declare module '*/scripts/bench/statistics.mjs' {
  export function median(values: readonly number[]): number;
  export function ratioOf(
    other: readonly number[],
    ours: readonly number[],
  ): { perRound: number[]; median: number; least: number; greatest: number };
}
declare module '*/scripts/bench/machine.mjs' {
  export function whyTooBusy(load: number): string | undefined;
}
declare module '*/scripts/bench/recorded.mjs' {
  interface Attempt {
    name: string;
    ratios: number[];
    others: number;
  }
  export function judge(
    name: string,
    attempts: readonly Attempt[],
    against: { recorded: number | undefined; cores: number },
  ): { verdict: 'fine' | 'unknown' | 'too-low' | 'too-busy'; sentence: string };
}
declare module '*/scripts/bench/rows.mjs' {
  interface Way {
    label: string;
    program: 'node' | 'python';
    args: string[];
    compared: boolean;
  }
  interface Row {
    name: string;
    group: string;
    title: string;
    kind: 'ways' | 'pages' | 'start';
    ways?: Way[];
  }
  export const rows: readonly Row[];
  export function rowsNamed(names: readonly string[]): Row[];
}
declare module '*/scripts/bench/table.mjs' {
  interface Side {
    label: string;
    compared: boolean;
    peer: string;
    threads: number;
    perRound: number[];
    facts: object;
    median: number;
  }
  interface Result {
    name: string;
    title: string;
    unit: 'ms' | 's';
    rounds: number;
    load: number;
    measured: string;
    sides: Side[];
    ratios: { of: string; perRound: number[]; median: number; least: number; greatest: number }[];
    notes: string[];
  }
  interface Bench {
    version: 1;
    machine: { cpu: string; cores: number; memoryGb: number; system: string; node: string };
    rows: Result[];
  }
  export function markdownTable(bench: Bench): string;
  export function rowLines(result: Result): string[];
  export function merged(before: Bench | undefined, now: Bench, order: readonly string[]): Bench;
}
declare module '*/scripts/bench/performancePage.mjs' {
  export function withTable(page: string, table: string): string;
}

declare module '*/scripts/licenses.mjs' {
  export function isAccepted(expression: string): boolean;
  export function byLicense(list: {
    components: {
      name: string;
      version: string;
      licenses?: { expression?: string; license?: { id?: string; name?: string } }[];
    }[];
  }): Map<string, string[]>;
}
