import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { WifiOff } from 'lucide-react'
import { Suspense, useEffect, useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import { ChosenInstanceProvider } from '#features/instances/chosen-instance.tsx'
import { useEarlyRunKeys } from '#features/workbench/use-run-keys.ts'
import { shell } from '#messages/shell.ts'
import { useAppEvents, useEventStream, useStreamOpen } from '#platform/events.ts'
import { settleSignOut, useSession } from '#platform/session.tsx'
import { isSignOutOwed } from '#platform/signed-in-hint.ts'
import { useWidth } from '#platform/width.ts'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { lazyPart } from '#ui/lazy-part.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { ToastRegion } from '#ui/toast.tsx'
import { applyEvent, catchUp } from './live-updates.ts'
import { Navigation } from './navigation.tsx'
import { ReconnectNotice } from './reconnect-notice.tsx'
import { TopBar } from './top-bar.tsx'

const SessionEnded = lazyPart(() => import('./session-ended.tsx').then((module) => module.SessionEnded))

/** The frame of every signed-in page. */
export function AppLayout() {
  const session = useSession()
  const location = useLocation()
  const queryClient = useQueryClient()
  const signedIn = session.state === 'signed-in'
  useEventStream(signedIn)
  useAppEvents(applyEvent)
  const isStreamOpen = useStreamOpen() === true
  useEffect(() => {
    if (isStreamOpen) catchUp()
  }, [isStreamOpen])
  useEffect(() => {
    if (session.state === 'signed-out') queryClient.clear()
  }, [session.state, queryClient])

  if (session.state === 'signed-out') return isSignOutOwed() ? <SignedOutHere /> : <ToSignIn />
  if (session.state === 'starting')
    return session.startProblem === null ? (
      <Skeleton label={shell.product} />
    ) : (
      <ErrorPanel error={session.startProblem} onRetry={session.start} />
    )
  return (
    <I18nProvider locale="en-US">
      <ChosenInstanceProvider>
        <Frame pathname={location.pathname} />
        {session.state === 'ended' && (
          <Suspense>
            <SessionEnded />
          </Suspense>
        )}
      </ChosenInstanceProvider>
    </I18nProvider>
  )
}

/** Leads to the sign-in, which comes back here. Once: the address changes while the other page is still being loaded. */
function ToSignIn() {
  const location = useLocation()
  const navigate = useNavigate()
  const [from] = useState(location.href)
  useEffect(() => {
    void navigate({ to: '/sign-in', search: from === '/' ? {} : { next: from }, replace: true })
  }, [from, navigate])
  return null
}

/** The server does not know of the sign-out yet, and may not give the page of the sign-in either. */
function SignedOutHere() {
  const tellServer = useMutation({ mutationFn: settleSignOut })
  const { mutate } = tellServer
  useEffect(() => mutate(), [mutate])
  if (tellServer.isSuccess) return <ToSignIn />
  return (
    <main className="bg-surface h-full py-8">
      <EmptyState
        action={
          <Button busy={tellServer.isPending} onPress={() => mutate()}>
            {shell.signedOutHere.again}
          </Button>
        }
      >
        {shell.signedOutHere.body}
      </EmptyState>
    </main>
  )
}

function Frame({ pathname }: { pathname: string }) {
  const width = useWidth()
  const phone = width === 'phone'
  const rail = pathname.startsWith('/workbench') || width === 'tablet'
  useEarlyRunKeys(pathname)
  return (
    <div className={`frame ${rail ? 'rail' : ''}`}>
      <a className="skip-link" href="#content">
        {shell.skip}
      </a>
      <TopBar phone={phone} />
      {!phone && <Navigation rail={rail} />}
      <main id="content" className="sheet" tabIndex={-1}>
        <OfflineNotice />
        <ReconnectNotice />
        <Outlet />
        <ToastRegion />
      </main>
    </div>
  )
}

/** Says that the server is silent, once that has lasted a moment: a reload of the server is no news. */
function OfflineNotice() {
  const open = useStreamOpen()
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(open === false), open === false ? 3000 : 0)
    return () => clearTimeout(timer)
  }, [open])
  return (
    <div role="status">
      {shown && (
        <p className="bg-warn-tint text-warn text-12 flex items-center gap-2 px-4 py-2">
          <WifiOff size={14} strokeWidth={1.7} aria-hidden className="flex-none" />
          {shell.offline}
        </p>
      )}
    </div>
  )
}
