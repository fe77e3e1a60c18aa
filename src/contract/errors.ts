/** What can go wrong, as a word that programs can test; the message beside it is the sentence people read. */
export const errorCodes = [
  'wrong-usage', // the request itself makes no sense: an unknown option, a value outside its range
  'not-found', // a folder, run, checkpoint or recipe that is not there
  'damaged', // a file that is there and cannot be read as what it should be
  'empty', // a set of images with none left
  'busy', // a run that another process is writing
  'no-space', // the disk is full, or would be
  'out-of-memory', // of the machine or of the GPU
  'diverged', // training left the finite numbers
  'unavailable', // the TensorFlow runtime, or another part of this machine, is missing
  'interrupted', // stopped by the person
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An error with a sentence a person can act on: what happened, to which file, what to do next. */
export class StudioError extends Error {
  override readonly name = 'StudioError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What a person is told about an error that nobody foresaw. */
export function faultSentence(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return `This is a fault in the program. What to report: ${words}`;
}
