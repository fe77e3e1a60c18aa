import { useEffect, useRef } from 'react';
import { useState } from 'react';
import { useNumberParam } from './useTheoryAddress.ts';

export const speeds = ['0.25', '1', '4'] as const;
export type Speed = (typeof speeds)[number];

/** Frames a second at speed 1: 300 points take twelve seconds. */
const rate = 25;

export interface Player {
  /** Which of the recorded points is the newest shown. */
  frame: number;
  last: number;
  isPlaying: boolean;
  speed: Speed;
  setSpeed: (speed: Speed) => void;
  toggle: () => void;
  /** One point on; stops where it plays. */
  stepOn: () => void;
  seek: (frame: number) => void;
  seekStep: (step: number) => void;
}

/** Plays through recorded steps. Where it stands is kept in the address as a step of training; absent is the end. */
export function usePlayer(name: string, steps: readonly number[]): Player {
  const last = Math.max(0, steps.length - 1);
  const end = steps[last] ?? 0;
  const [at, setAt] = useNumberParam(name, -1, { min: -1, max: 1e6 });
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>('1');
  const frame = at < 0 ? last : frameOf(steps, at);
  const seek = (next: number): void => {
    const inside = Math.min(last, Math.max(0, next));
    setAt(inside === last ? -1 : (steps[inside] ?? 0));
  };
  const moving = useRef({ frame, seek, last });
  moving.current = { frame, seek, last };
  useEffect(() => {
    if (!isPlaying) return;
    let place = moving.current.frame;
    let before = performance.now();
    let handle = requestAnimationFrame(function go(now) {
      place += ((now - before) / 1000) * rate * Number(speed);
      before = now;
      const { frame: shown, seek: move, last: most } = moving.current;
      if (Math.floor(place) !== shown) move(Math.floor(place));
      if (place >= most) setPlaying(false);
      else handle = requestAnimationFrame(go);
    });
    return () => {
      cancelAnimationFrame(handle);
    };
  }, [isPlaying, speed]);
  return {
    frame,
    last,
    isPlaying,
    speed,
    setSpeed,
    toggle: () => {
      if (!isPlaying && frame >= last) seek(0);
      setPlaying(!isPlaying);
    },
    stepOn: () => {
      setPlaying(false);
      seek(frame >= last ? 0 : frame + 1);
    },
    seek: (next) => {
      setPlaying(false);
      seek(next);
    },
    seekStep: (step) => {
      setPlaying(false);
      seek(step >= end ? last : frameOf(steps, step));
    },
  };
}

/** The last recorded point that is not after the step. */
function frameOf(steps: readonly number[], step: number): number {
  let low = 0;
  let high = steps.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (steps[middle]! <= step) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}
