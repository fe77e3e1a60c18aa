/**
 * Progress for people, on stderr: stdout belongs to the command line's own results.
 *
 * @typedef {object} Report
 * @property {<T>(what: string, work: (amount: (text: string) => void) => Promise<T>) => Promise<T>} step
 *   prints what is being done, how far it is, and the time it took
 * @property {(text: string) => void} say
 */

const secondsBetweenLines = 10;

/**
 * @param {NodeJS.WriteStream | NodeJS.WritableStream} stream
 * @returns {Report}
 */
export function createReport(stream) {
  const terminal = 'isTTY' in stream && stream.isTTY === true;
  const say = (/** @type {string} */ text) => void stream.write(`${text}\n`);
  return {
    say,
    async step(what, work) {
      say(`${what} …`);
      const start = performance.now();
      let lastLine = start;
      let open = false;
      const amount = (/** @type {string} */ text) => {
        if (terminal) {
          stream.write(`\r\u001b[2K  ${text}`);
          open = true;
        } else if (performance.now() - lastLine > secondsBetweenLines * 1000) {
          lastLine = performance.now();
          say(`  ${text}`);
        }
      };
      try {
        const result = await work(amount);
        if (open) stream.write('\r\u001b[2K');
        open = false;
        say(`  done in ${((performance.now() - start) / 1000).toFixed(1)} s`);
        return result;
      } finally {
        if (open) stream.write('\n');
      }
    },
  };
}

/**
 * @param {number} bytes
 * @returns {string} megabytes or gigabytes, powers of ten as disks are sold and downloads are shown
 */
export function readableSize(bytes) {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return `${Math.max(1, Math.round(bytes / 1e6))} MB`;
}
