import './theme/library.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/mantine.css';
import { createTheme, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import type { JSX } from 'react';
import { createRoot } from 'react-dom/client';
import { queries } from './api/api.ts';
import { App } from './shell/App.tsx';
import { useTheme } from './theme/useTheme.ts';

const theme = createTheme({ fontFamily: 'var(--font)', primaryColor: 'teal', respectReducedMotion: true });
const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';

function Root(): JSX.Element {
  return (
    <MantineProvider theme={theme} forceColorScheme={useTheme().theme} getStyleNonce={() => nonce}>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </MantineProvider>
  );
}

// The token has become a cookie by now: it need not stand in the address, where it could be copied along.
if (location.search !== '') history.replaceState(null, '', location.pathname + location.hash);

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Root />
    </StrictMode>,
  );
}
