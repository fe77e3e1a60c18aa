import { useEffect, useState } from 'react';
import type { JSX } from 'react';
import styles from './SheetButton.module.css';

/** A drawn sheet at its own pixels, in a frame that scrolls. */
export function SheetPicture({
  png,
  width,
  height,
}: {
  png: Blob;
  width: number;
  height: number;
}): JSX.Element {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(png);
    setAddress(made);
    return () => {
      URL.revokeObjectURL(made);
    };
  }, [png]);
  return (
    <div className={styles.sheet} tabIndex={0} role="group" aria-label="The sheet">
      {address !== null && <img src={address} width={width} height={height} alt="The sheet, with labels" />}
    </div>
  );
}
