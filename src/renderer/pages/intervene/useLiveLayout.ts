import { useCallback } from 'react';
import { layoutWithFaces } from '../../components/pictureLayout.ts';
import type { FacesLayout, Room } from '../../components/pictureLayout.ts';
import { wipeGap } from '../../components/PictureWipe.tsx';
import { usePageRoom, useRoom } from '../../components/useRoom.ts';

/** What Workbench.module.css gives the columns beside the pictures with their gaps, px; in a narrow window the steps go below. */
const beside = { wide: 216 + 264 + 2 * 16, narrow: 264 + 16, narrowFrom: 1100 };
/** Padding and border of the panel, px; and its header with what is below the pictures. */
export const panelEdges = 2 * 17;
const aboveAndBelow = 48;
const side = 64;
const beforeMeasured: Room = { width: 610, height: 394 };

export interface LiveLayout extends FacesLayout {
  /** Of the element that the pictures lie in, which takes the height that there is. */
  ref: (element: HTMLDivElement | null) => void;
}

/** Pictures as large as they can be beside steps and settings; what they leave goes to the settings. */
export function useLiveLayout(count: number): LiveLayout {
  const { ref: watchViews, room: views } = useRoom();
  const { ref: watchBench, room: bench } = useRoom();
  const { ref: watchPage, room: page } = usePageRoom();
  const ref = useCallback(
    (element: HTMLDivElement | null) => {
      watchViews(element);
      watchBench(element?.closest<HTMLElement>('[data-workbench]') ?? null);
      watchPage(element);
    },
    [watchViews, watchBench, watchPage],
  );
  const room =
    views === null || bench === null || page === null
      ? beforeMeasured
      : {
          width: bench.width - besideIn(window.innerWidth) - panelEdges,
          // Long settings make the panel higher than the window: the pictures stay in sight all the same.
          height: Math.min(views.height, page.height - aboveAndBelow),
        };
  return { ...layoutWithFaces(room, { count, side, gap: wipeGap }), ref };
}

function besideIn(windowWidth: number): number {
  return windowWidth <= beside.narrowFrom ? beside.narrow : beside.wide;
}
