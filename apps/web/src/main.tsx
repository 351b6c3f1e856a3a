import './platform/strict-parsing.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from '#platform/query-client.ts'
import { SessionProvider, beginSession } from '#platform/session.tsx'
import { reportTimingsOf } from '#platform/timing-report.ts'
import { ThemeProvider } from '#platform/theme.tsx'
import { PanelBoundary } from '#ui/panel-boundary.tsx'
import { shell } from '#messages/shell.ts'
import { router } from './routes.tsx'
import './ui/app.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no root element')

beginSession()
reportTimingsOf({
  onBegin: (listener) => void router.subscribe('onBeforeNavigate', listener),
  onDrawn: (listener) =>
    void router.subscribe('onRendered', () => listener(router.state.matches.at(-1)?.fullPath ?? '/')),
})

createRoot(root).render(
  <StrictMode>
    <PanelBoundary label={shell.product} isPage>
      <QueryClientProvider client={queryClient}>
        <ThemeProvider>
          <SessionProvider>
            <RouterProvider router={router} />
          </SessionProvider>
        </ThemeProvider>
      </QueryClientProvider>
    </PanelBoundary>
  </StrictMode>,
)
