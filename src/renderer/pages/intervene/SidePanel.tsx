import type { JSX, ReactNode } from 'react';
import { Panel } from '../../components/Panel.tsx';
import styles from './SidePanel.module.css';

/** The settings of a step, at the right of the pictures. */
export function SidePanel({
  title,
  tools,
  children,
}: {
  title: ReactNode;
  tools?: ReactNode;
  children: ReactNode;
}): JSX.Element {
  return (
    <Panel title={title} tools={tools} bodyClassName={styles.body}>
      {children}
    </Panel>
  );
}
