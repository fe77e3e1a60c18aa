import { describe, expect, it } from 'vitest';
import {
  everFits,
  nodesOfList,
  nodesOfStatus,
  resourceWords,
  roomFor,
} from '../../../../src/engine/sweeps/ray/rayRoom.ts';
import type { Node } from '../../../../src/engine/sweeps/ray/rayRoom.ts';

function node(cpus: number, usedCpus: number, gpus = 0, usedGpus = 0): Node {
  return { total: { cpus, gpus }, used: { cpus: usedCpus, gpus: usedGpus } };
}

describe('how many jobs fit', () => {
  it.each([
    ['one CPU each', { cpus: 1, gpus: 0 }, [node(2, 0), node(4, 3)], 3],
    ['a job lies on one node', { cpus: 2, gpus: 0 }, [node(3, 0), node(1, 0)], 1],
    ['GPUs are the scarcer', { cpus: 2, gpus: 1 }, [node(16, 0, 2, 1), node(16, 0, 0)], 1],
    ['CPUs are the scarcer', { cpus: 4, gpus: 1 }, [node(8, 4, 4, 0)], 1],
    ['halves of a GPU', { cpus: 1, gpus: 0.5 }, [node(8, 0, 1, 0)], 2],
    ['more in use than there is', { cpus: 1, gpus: 0 }, [node(2, 3)], 0],
    ['no nodes', { cpus: 1, gpus: 0 }, [], 0],
    ['a job that asks for nothing', { cpus: 0, gpus: 0 }, [node(2, 0)], 0],
  ])('%s', (_, job, nodes, room) => {
    expect(roomFor(job, nodes)).toBe(room);
  });

  it('knows a full cluster from one that is too small', () => {
    expect(everFits({ cpus: 2, gpus: 0 }, [node(2, 2)])).toBe(true);
    expect(everFits({ cpus: 2, gpus: 0 }, [node(1, 0), node(1, 0)])).toBe(false);
  });

  it('reads both forms of the answer', () => {
    const usageByNode = {
      one: { CPU: [1, 4] as [number, number], GPU: [0, 2] as [number, number] },
      two: {},
    };
    expect(nodesOfStatus({ data: { clusterStatus: { loadMetricsReport: { usageByNode } } } })).toEqual([
      node(4, 1, 2, 0),
      node(0, 0),
    ]);
    const result = [
      { state: 'ALIVE', resources_total: { CPU: 4 } },
      { state: 'DEAD', resources_total: { CPU: 8 } },
    ];
    expect(nodesOfList({ data: { result: { result } } })).toEqual([node(4, 0)]);
  });

  it('is told in words', () => {
    expect([resourceWords({ cpus: 1, gpus: 0 }), resourceWords({ cpus: 4, gpus: 1 })]).toEqual([
      '1 CPU',
      '4 CPUs and 1 GPU',
    ]);
  });
});
