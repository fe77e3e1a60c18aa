import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a command of Slurm shall answer; by itself nothing, with success. */
export interface FakeAnswer {
  stdout?: string;
  stderr?: string;
  code?: number;
}

export interface FakeSlurm {
  env: NodeJS.ProcessEnv;
  answer(program: string, answer: FakeAnswer): void;
  /** Each call so far, a word a place; asking forgets them. */
  calls(): string[][];
}

/** Programs with the names of Slurm's that answer with texts which were captured from the real ones. */
export function fakeSlurm(folder: string): FakeSlurm {
  const place = join(folder, 'fake-slurm');
  mkdirSync(place, { recursive: true });
  const log = join(place, 'calls');
  for (const program of ['sbatch', 'squeue', 'scancel', 'scontrol', 'sinfo']) {
    const at = (part: string): string => `'${join(place, `${program}.${part}`)}'`;
    const script = `#!/bin/sh
{ printf '%s\\0' '${program}' "$@"; printf '\\1'; } >> '${log}'
[ -f ${at('out')} ] && cat ${at('out')}
[ -f ${at('err')} ] && cat ${at('err')} >&2
[ -f ${at('code')} ] && exit "$(cat ${at('code')})"
exit 0
`;
    writeFileSync(join(place, program), script);
    chmodSync(join(place, program), 0o755);
  }
  return {
    env: { ...process.env, PATH: `${place}:${process.env['PATH'] ?? ''}` },
    answer: (program, { stdout = '', stderr = '', code = 0 }) => {
      writeFileSync(join(place, `${program}.out`), stdout);
      writeFileSync(join(place, `${program}.err`), stderr);
      writeFileSync(join(place, `${program}.code`), String(code));
    },
    calls: () => {
      if (!existsSync(log)) return [];
      const text = readFileSync(log, 'utf8');
      rmSync(log);
      return text
        .split('\u0001')
        .slice(0, -1)
        .map((call) => call.split('\0').slice(0, -1));
    },
  };
}
