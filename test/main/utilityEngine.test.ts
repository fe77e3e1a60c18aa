import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { launchUtilityProcess } from '../../src/main/utilityEngine.ts';

/** What Electron's utility process offers, by its documentation: streams, an exit with a code, and an end by request. */
class FakeUtility extends EventEmitter {
  readonly stdout = new EventEmitter();
  readonly stderr = new EventEmitter();
  pid: number | undefined = 4321;
  readonly kill = vi.fn(() => true);
}

const forks = vi.hoisted((): { calls: unknown[][]; next: unknown } => ({ calls: [], next: undefined }));

vi.mock('electron', () => ({
  utilityProcess: {
    fork: (...call: unknown[]) => {
      forks.calls.push(call);
      return forks.next;
    },
  },
}));

function launch(): { child: FakeUtility; engine: ReturnType<typeof launchUtilityProcess> } {
  const child = new FakeUtility();
  forks.next = child;
  const engine = launchUtilityProcess('/program/cli.js', ['serve', '--engine'], { EXTRAPOLATION_TOKEN: 't' });
  return { child, engine };
}

afterEach(() => {
  forks.calls.length = 0;
});

describe('an engine inside Electron', () => {
  it('is the command line with its words and surroundings, its output to be read', () => {
    launch();
    expect(forks.calls).toEqual([
      [
        '/program/cli.js',
        ['serve', '--engine'],
        { env: { EXTRAPOLATION_TOKEN: 't' }, stdio: 'pipe', serviceName: 'Extrapolation engine' },
      ],
    ]);
  });

  it('tells whole lines, however the bytes are cut', () => {
    const { child, engine } = launch();
    const lines: string[] = [];
    engine.onLine((line) => lines.push(line));
    // “é” is two bytes, and the cut falls between them.
    const bytes = Buffer.from('loading é\nEXTRAPOLATION_READY 48');
    child.stdout.emit('data', bytes.subarray(0, 9));
    child.stdout.emit('data', bytes.subarray(9));
    child.stdout.emit('data', Buffer.from('10\n'));
    expect(lines).toEqual(['loading é', 'EXTRAPOLATION_READY 4810']);
  });

  it('hands on the last words of its complaints, which are the reason where it ends', () => {
    const { child, engine } = launch();
    const lines: string[] = [];
    engine.onLine((line) => lines.push(line));
    child.stderr.emit('data', Buffer.from('a trace\nTensorFlow is missing.\n'));
    child.stderr.emit('data', Buffer.from('\n'));
    expect(lines).toEqual(['TensorFlow is missing.']);
  });

  it('says how it ended', () => {
    const { child, engine } = launch();
    const ends: string[] = [];
    engine.onExit((description) => ends.push(description));
    child.emit('exit', 1);
    expect(ends).toEqual(['the engine ended (code 1)']);
  });

  it('is asked to end by Electron, and then ended by its number', () => {
    const { child, engine } = launch();
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    engine.kill('SIGTERM');
    expect(child.kill).toHaveBeenCalledTimes(1);
    expect(kill).not.toHaveBeenCalled();
    engine.kill('SIGKILL');
    expect(kill).toHaveBeenCalledWith(4321, 'SIGKILL');
    // One that has ended has no number any more.
    child.pid = undefined;
    engine.kill('SIGKILL');
    expect(kill).toHaveBeenCalledTimes(1);
  });
});
