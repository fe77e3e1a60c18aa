import type { JSX } from 'react';
import { PageHead } from '../../components/Panel.tsx';

export default function TrainPage(): JSX.Element {
  return <PageHead title="Train" />;
}
