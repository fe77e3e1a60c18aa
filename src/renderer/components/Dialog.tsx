import { Modal } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import styles from './Dialog.module.css';

export interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  width?: number;
  /** Buttons, the one that goes on last. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A question before something that cannot be taken back, or a choice too large for its place. Esc closes. */
export function Dialog({ title, isOpen, onClose, width = 480, actions, children }: DialogProps): JSX.Element {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      size={width}
      centered
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={styles.body}>{children}</div>
      {actions !== undefined && <DialogActions>{actions}</DialogActions>}
    </Modal>
  );
}

/** The buttons at the end of a dialog, where its body knows what they do. */
export function DialogActions({ children }: { children: ReactNode }): JSX.Element {
  return <div className={styles.acts}>{children}</div>;
}
