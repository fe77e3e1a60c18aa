/** What the tests use of the scripts, which are plain modules with their types in comments. */
declare module '*/scripts/nodeVersion.mjs' {
  export function nodeTooOld(version: string): string | undefined;
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
    places: { tfjs: string; headers: string; runtime: string; libraries: readonly string[]; target: string },
    platform: string,
  ): string[];
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
  export function hasDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean;
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
