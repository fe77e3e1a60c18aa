import { mostLogLines } from '../../contract/runLog.ts';
import type { LogEvent } from '../../contract/runLog.ts';

/** No more lines than are shown. */
export function withLines(before: LogEvent | undefined, event: LogEvent): LogEvent {
  if (before === undefined || event.restarted) return event;
  const lines = [...before.lines, ...event.lines];
  const isCut = before.isCut || event.isCut || lines.length > mostLogLines;
  return { ...event, isCut, lines: lines.slice(-mostLogLines) };
}
