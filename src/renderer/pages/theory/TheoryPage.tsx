import { useState } from 'react';
import type { JSX } from 'react';
import { linkTo } from '../../address/address.ts';
import { PrimaryLink } from '../../components/Button.tsx';
import { PageHead } from '../../components/Panel.tsx';
import { useCommand } from '../../shell/shellContext.ts';
import { ChecksPanel } from './ChecksPanel.tsx';
import { commandOfFig2, commandOfFig3a, commandOfFig3b } from './commands.ts';
import { useDriftParameters } from './DriftView.tsx';
import { Fig2Panel } from './Fig2Panel.tsx';
import { FigureMenu } from './FigureMenu.tsx';
import { usePathParameters } from './PathsView.tsx';
import { TrainingPanel } from './TrainingPanel.tsx';
import { useFig2 } from './useFig2.ts';
import { useTheoryAddress } from './useTheoryAddress.ts';
import styles from './theory.module.css';

/** The paper's toy figures, played, and its propositions as live checks. */
export default function TheoryPage(): JSX.Element {
  const { view } = useTheoryAddress();
  const fig2 = useFig2();
  const { parameters: paths } = usePathParameters();
  const drift = useDriftParameters();
  // The command is the one of the figure that was touched last.
  const [touched, setTouched] = useState<'eyes' | 'training'>('eyes');
  const training = view === 'paths' ? commandOfFig3a(paths) : commandOfFig3b(drift);
  useCommand(touched === 'eyes' ? commandOfFig2(fig2) : training);
  const touch = (which: 'eyes' | 'training') => ({
    onPointerDown: () => {
      setTouched(which);
    },
    onFocus: () => {
      setTouched(which);
    },
  });
  return (
    <>
      <PageHead
        title="Theory"
        actions={
          <>
            <FigureMenu
              figures={[
                { figure: '2', parameters: fig2.parameters },
                ...(paths.starts.length === 0 ? [] : [{ figure: '3a' as const, parameters: paths }]),
                { figure: '3b', parameters: drift },
              ]}
            />
            <PrimaryLink href={linkTo('analyse')}>See this in my model</PrimaryLink>
          </>
        }
      >
        The paper’s models, small enough to compute to the last digit
      </PageHead>
      <div className={styles.page}>
        <div {...touch('eyes')}>
          <Fig2Panel view={fig2} />
        </div>
        <div {...touch('training')}>
          <TrainingPanel />
        </div>
        <ChecksPanel />
      </div>
    </>
  );
}
