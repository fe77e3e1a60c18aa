import type { JSX } from 'react';
import { setParams } from '../../address/address.ts';
import { Segmented, SelectField } from '../../components/controls.tsx';
import { useAnalyseAddress } from './useAnalyseAddress.ts';

const factors = [1.25, 1.5, 2];

/** By how much, and along which axis. */
export function StretchTools(): JSX.Element {
  const { factor, axis } = useAnalyseAddress();
  return (
    <>
      <SelectField
        small
        label="Factor"
        width={80}
        value={String(factor)}
        choices={[...new Set([...factors, factor])]
          .sort((a, b) => a - b)
          .map((value) => ({ value: String(value), label: `× ${value}` }))}
        onChange={(value) => {
          setParams({ factor: value === '1.5' ? undefined : value });
        }}
      />
      <Segmented
        small
        label="Direction"
        value={axis}
        choices={[
          { value: 'horizontal', label: '↔' },
          { value: 'vertical', label: '↕' },
        ]}
        onChange={(value) => {
          setParams({ axis: value === 'horizontal' ? undefined : value });
        }}
      />
    </>
  );
}
