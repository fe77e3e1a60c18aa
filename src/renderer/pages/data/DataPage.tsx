import type { JSX } from 'react';
import { PageHead } from '../../components/Panel.tsx';

export default function DataPage(): JSX.Element {
  return <PageHead title="Data" />;
}
