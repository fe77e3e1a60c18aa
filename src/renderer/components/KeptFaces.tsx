import { Popover } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { JSX } from 'react';
import { Button } from './Button.tsx';
import { useHeld } from './held.ts';
import { Icon } from './Icon.tsx';
import { keptFaces, setKept } from './keptFaces.ts';
import type { KeptFace } from './keptFaces.ts';
import { popover } from './popover.ts';
import { say } from './said.ts';
import styles from './KeptFaces.module.css';

export interface KeptFacesProps {
  onPick: (face: KeptFace) => void;
  /** Why a face cannot be taken here; null where it can. */
  refusalOf: (face: KeptFace) => string | null;
}

/** The tray of kept faces, wherever seeds are chosen: one that is pressed is taken, and each can be removed. */
export function KeptFaces({ onPick, refusalOf }: KeptFacesProps): JSX.Element {
  const faces = useHeld(keptFaces);
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover {...popover} opened={isOpen} onChange={setOpen} position="bottom-end">
      <Popover.Target>
        <Button
          size="small"
          square
          aria-label={`Kept faces, ${faces.length}`}
          title="Kept faces"
          aria-expanded={isOpen}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          <Icon name="keep" />
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <KeptList
          faces={faces}
          refusalOf={refusalOf}
          onPick={(face) => {
            setOpen(false);
            onPick(face);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

/** The page shows no address of data: what one holds is given an address of its own. */
function KeptPicture({ data }: { data: string }): JSX.Element {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const bytes = Uint8Array.from(atob(data.slice(data.indexOf(',') + 1)), (letter) => letter.charCodeAt(0));
    const made = URL.createObjectURL(new Blob([bytes], { type: 'image/png' }));
    setAddress(made);
    return () => {
      URL.revokeObjectURL(made);
    };
  }, [data]);
  return <img src={address} alt="" width="64" height="64" />;
}

/** What the tray holds, the newest first. */
export function KeptList({
  faces,
  onPick,
  refusalOf,
}: KeptFacesProps & { faces: readonly KeptFace[] }): JSX.Element {
  if (faces.length === 0) {
    return (
      <p className={styles.nothing} tabIndex={-1} data-autofocus>
        No face is kept yet. <b>Keep</b> is in the menu of every picture: right click, or Shift F10.
      </p>
    );
  }
  return (
    <ul className={styles.faces} aria-label="Kept faces">
      {[...faces].reverse().map((face) => {
        const refusal = refusalOf(face);
        return (
          <li key={face.id}>
            <button
              type="button"
              className={styles.face}
              disabled={refusal !== null}
              title={refusal ?? face.name}
              onClick={() => {
                onPick(face);
              }}
            >
              <KeptPicture data={face.picture} />
              <span className="clip">{face.name}</span>
            </button>
            <span className={styles.remove}>
              <Button
                size="small"
                square
                look="quiet"
                aria-label={`Remove ${face.name} from the kept faces`}
                onClick={() => {
                  const undo = setKept(faces.filter(({ id }) => id !== face.id));
                  say(`${face.name} is no longer kept.`, undo);
                }}
              >
                <Icon name="close" />
              </Button>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
