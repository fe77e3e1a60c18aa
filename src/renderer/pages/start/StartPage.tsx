import type { JSX } from 'react';
import { PageHead } from '../../components/Panel.tsx';

export default function StartPage(): JSX.Element {
  return <PageHead title="Start" />;
}
