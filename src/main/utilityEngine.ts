import { StringDecoder } from 'node:string_decoder';
import { utilityProcess } from 'electron';
import type { EngineProcess } from '../serve/owner/engineOwner.ts';

/** An engine on Electron's own Node. It ends with the application, whatever happens to it. */
export function launchUtilityProcess(
  cli: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): EngineProcess {
  const child = utilityProcess.fork(cli, [...args], {
    env,
    stdio: 'pipe',
    serviceName: 'Extrapolation engine',
  });
  // A letter of several bytes may be cut in two.
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return {
    onLine: (listener) => {
      const onData = (chunk: Buffer): void => {
        const lines = `${rest}${decoder.write(chunk)}`.split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) listener(line);
      };
      child.stdout?.on('data', onData);
      child.stderr?.on('data', (chunk: Buffer) => {
        const last = chunk.toString('utf8').trim().split('\n').at(-1);
        if (last !== undefined && last !== '') listener(last);
      });
    },
    onExit: (listener) => {
      child.on('exit', (code) => {
        listener(`the engine ended (code ${code})`);
      });
    },
    kill: (signal) => {
      if (signal === 'SIGTERM') child.kill();
      else if (child.pid !== undefined) process.kill(child.pid, signal);
    },
  };
}
