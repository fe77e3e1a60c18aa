/** Something this machine lacks, told in one sentence that says what to install or do. It is never shown with a stack. */
export class BootstrapFailure extends Error {
  /**
   * @param {string} sentence
   * @param {{ exitCode?: number, cause?: unknown }} [options] exit code 1 unless a signal ended the work
   */
  constructor(sentence, options = {}) {
    super(sentence, { cause: options.cause });
    this.name = 'BootstrapFailure';
    this.exitCode = options.exitCode ?? 1;
  }
}

/**
 * Turns what the file system says into a sentence about the folder concerned.
 *
 * @param {unknown} error
 * @param {string} folder
 * @returns {unknown} a `BootstrapFailure`, or the error itself when it is no lack of the machine
 */
export function fromFileSystem(error, folder) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const elsewhere = 'or set EXTRAPOLATION_CACHE to a folder elsewhere, and start again.';
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOENT':
      return new BootstrapFailure(`The folder ${folder} cannot be written: make it writable ${elsewhere}`, {
        cause: error,
      });
    case 'ENOSPC':
    case 'EDQUOT':
      return new BootstrapFailure(`The disk that holds ${folder} is full: free some space ${elsewhere}`, {
        cause: error,
      });
    case 'ENOTDIR':
    case 'EEXIST':
      return new BootstrapFailure(
        `${folder} is not a folder, but a file is in its way: remove the file ${elsewhere}`,
        {
          cause: error,
        },
      );
    default:
      return error;
  }
}
