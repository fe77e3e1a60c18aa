import { BootstrapFailure } from './failure.mjs';
import { lastWords, runProgram } from './processes.mjs';

const install =
  'install it (Debian and Ubuntu: sudo apt install python3 python3-pip; Fedora: sudo dnf install python3-pip; macOS: xcode-select --install) and start again.';

/**
 * Makes sure that there is a Python 3 with pip, which fetches and unpacks TensorFlow.
 *
 * @param {{ env: NodeJS.ProcessEnv, signal?: AbortSignal }} options
 * @returns {Promise<string>} the command
 */
export async function findPython({ env, signal }) {
  const command = 'python3';
  const version = await runProgram(
    command,
    ['-c', 'import sys; print(sys.version_info >= (3, 8), sys.version)'],
    {
      env,
      signal,
    },
  );
  if (version.missing || version.code !== 0) {
    const found = version.missing
      ? 'there is no python3 on the PATH'
      : `python3 does not run (${lastWords(version.output)})`;
    throw new BootstrapFailure(`Python 3 with pip is needed to fetch TensorFlow, and ${found}: ${install}`);
  }
  if (!version.output.startsWith('True')) {
    throw new BootstrapFailure(
      `Python 3.8 or newer is needed to fetch TensorFlow, and python3 is ${version.output.trim().split(/\s+/)[1]}: ${install}`,
    );
  }
  const pip = await runProgram(command, ['-m', 'pip', '--version'], { env, signal });
  if (pip.code !== 0) {
    throw new BootstrapFailure(`pip is needed to fetch TensorFlow, and this python3 has none: ${install}`);
  }
  return command;
}
