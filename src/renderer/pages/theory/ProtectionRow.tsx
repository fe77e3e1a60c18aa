import { useQueries } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { SpectralSides } from '../../../contract/theory.ts';
import { setParams } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { StateMark } from '../../components/marks.tsx';
import { figure } from '../../words.ts';
import styles from './theory.module.css';

const trained: readonly SpectralSides[] = ['none', 'k2'];

/** What the step of equation (13) buys in the toy: it holds the ratio, and does not lower the extrapolation error. */
export function ProtectionRow(): JSX.Element {
  const answers = useQueries({
    queries: trained.map((spectral) => ({
      queryKey: ['theory', 'fig3b', { start: 'truth', spectral, seed: 1 }],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.theory.fig3b({ parameters: { start: 'truth', spectral, seed: 1 } }, { signal }),
    })),
  });
  const [plain, held] = answers.map(({ data }) => data?.result.extrapolationError.at(-1));
  const isKnown = plain !== undefined && held !== undefined;
  return (
    <tr>
      <td>
        <button
          className={styles.openCheck}
          onClick={() => {
            setParams({ view: 'drift', from: undefined, eq13: 'k2' });
          }}
        >
          <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" />
          <b>Eq. 13</b>
        </button>
      </td>
      <td>Holding the SDR at 1 protects stretching</td>
      <td className="muted">on k₂ alone, as printed; 40,000 steps; error</td>
      <td className="num">{isKnown ? `< ${figure(plain)}` : ''}</td>
      <td className="num">{isKnown && <b>{figure(held)}</b>}</td>
      <td>
        {isKnown && (
          <StateMark icon={held < plain ? 'check' : 'warn'} tone={held < plain ? 'ok' : 'warn'}>
            {held < plain ? 'holds' : 'not in this toy'}
          </StateMark>
        )}
      </td>
    </tr>
  );
}
