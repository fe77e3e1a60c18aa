import { SingleBar } from 'cli-progress';
import type { Progress } from '../contract/progress.ts';
import type { Failure } from './failures.ts';
import { shownJson, shownLine } from './shownText.ts';

/** Where text goes; a terminal, where `isTTY` says so. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean };

const quietMilliseconds = 10_000;
/** Milliseconds of a phase before the rest of it is guessed from them. */
const leastElapsed = 3000;

/**
 * What the commands print through, so that no name of a file is obeyed by a terminal. Results go to stdout, as text or, with --json, as one JSON value; everything else
 * goes to stderr: a bar where it is a terminal, otherwise a line for each measurement and now and then in between.
 */
export class Terminal {
  readonly json: boolean;
  /** What the command ends with where it did all that it could and a part of the work failed. */
  exitCode: 0 | 1 = 0;
  readonly #out: Output;
  readonly #err: Output;
  #bar: SingleBar | undefined;
  #phase = '';
  /** When the phase began, in milliseconds, and how much was done by then. */
  #began = { at: 0, done: 0 };
  #lineAt = 0;

  constructor(out: Output, err: Output, json: boolean) {
    this.#out = out;
    this.#err = err;
    this.json = json;
  }

  /** A result: `lines` for people, `value` for programs. */
  result(lines: readonly string[], value: unknown): void {
    this.clearProgress();
    this.#out.write(
      this.json
        ? `${shownJson(JSON.stringify(value, null, 2))}\n`
        : lines.map((line) => `${shownLine(line)}\n`).join(''),
    );
  }

  /** A remark on stderr. */
  say(line: string): void {
    this.clearProgress();
    this.#err.write(`${shownLine(line)}\n`);
  }

  fail(failure: Failure): void {
    // A fault of the program comes with the lines of its calls.
    const lines = failure.code === 'fault' ? failure.message.split('\n') : [failure.message];
    for (const line of lines) this.say(line);
    if (this.json) {
      const { code, message } = failure;
      this.#out.write(`${shownJson(JSON.stringify({ error: { code, message } }))}\n`);
    }
  }

  progress(progress: Progress): void {
    if (this.#err.isTTY === true) this.#drawBar(progress);
    else this.#writeLine(progress);
  }

  clearProgress(): void {
    this.#bar?.stop();
    this.#bar = undefined;
    this.#phase = '';
  }

  #drawBar({ phase, done, total, note = '' }: Progress): void {
    if (phase !== this.#phase || this.#bar === undefined) {
      this.clearProgress();
      this.#phase = phase;
      this.#bar = new SingleBar({
        format: '{phase} {bar} {percentage} % · {value}/{total} · {eta_formatted} left · {note}',
        stream: this.#err,
        hideCursor: true,
        etaBuffer: 50,
        barsize: 24,
        fps: 5,
      });
      this.#bar.start(Math.max(total, 1), done, { phase, note: shownLine(note) });
    }
    this.#bar.setTotal(Math.max(total, 1));
    this.#bar.update(done, { phase, note: shownLine(note) });
  }

  #writeLine({ phase, done, total, note, milestone }: Progress): void {
    const now = performance.now();
    if (phase !== this.#phase) this.#began = { at: now, done };
    const due = milestone === true || phase !== this.#phase || now - this.#lineAt > quietMilliseconds;
    if (!due) return;
    this.#phase = phase;
    this.#lineAt = now;
    const amount = total > 0 ? ` ${done}/${total}` : '';
    const left = timeLeft(done - this.#began.done, total - done, now - this.#began.at);
    const parts = [`${phase}${amount}`, left, note].filter((part) => part !== undefined);
    this.#err.write(`${shownLine(parts.join(' · '))}\n`);
  }
}

/** "40 s left", "3 min left"; undefined in the first seconds, and where the end is not known or is here. */
function timeLeft(done: number, rest: number, elapsed: number): string | undefined {
  if (elapsed < leastElapsed || done <= 0 || rest <= 0) return undefined;
  const seconds = Math.ceil((elapsed * rest) / done / 1000);
  return seconds < 100 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`;
}
