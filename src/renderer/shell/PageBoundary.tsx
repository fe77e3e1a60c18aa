import { Component } from 'react';
import type { JSX, ReactNode } from 'react';
import { Button } from '../components/Button.tsx';
import { Note } from '../components/marks.tsx';

/** A fault of one page stays in that page; the others can still be reached. */
export class PageBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): JSX.Element {
    const { error } = this.state;
    if (error === null) return <>{this.props.children}</>;
    const again = (
      <Button
        size="small"
        onClick={() => {
          this.setState({ error: null });
        }}
      >
        Show the page again
      </Button>
    );
    return (
      <div style={{ paddingTop: 16 }}>
        <Note tone="bad" action={again}>
          Something went wrong on this page: {error.message} Runs and training are not affected.
        </Note>
      </div>
    );
  }
}
