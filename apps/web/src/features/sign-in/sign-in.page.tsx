import { useQuery } from '@tanstack/react-query'
import { Navigate, getRouteApi } from '@tanstack/react-router'
import { ArrowRight, ArrowUpRight, KeyRound, Play } from 'lucide-react'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { signIn as t } from '#messages/sign-in.ts'
import { shell } from '#messages/shell.ts'
import { useSession } from '#platform/session.tsx'
import { useWidth } from '#platform/width.ts'
import { useTitle } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { ProductMark } from '#ui/product-mark.tsx'
import { QueryPicture } from './query-picture.tsx'
import { signInQueries } from './sign-in.queries.ts'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  useTitle(t.title)
  const { next, reason } = route.useSearch()
  const session = useSession()
  const width = useWidth()
  const { data: providers, error, refetch } = useQuery(signInQueries.providers())
  const [opening, setOpening] = useState<'sandbox' | 'amazon' | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const returnTo = next ?? '/'

  if (session.state === 'signed-in') return <Navigate to={returnTo} replace />

  const begin = (provider: 'sandbox' | 'amazon') => {
    if (opening !== null) return
    setOpening(provider)
    setProblem(null)
    session.signIn(provider, returnTo).catch((failure: unknown) => {
      setProblem(failure)
      setOpening(null)
    })
  }

  return (
    <div className="bg-surface grid h-full desk:grid-cols-[560px_minmax(0,1fr)]">
      <main className="mx-auto flex w-full max-w-[560px] flex-col overflow-auto px-6 py-8 tablet:px-[88px] tablet:py-10">
        <div className="font-strong flex items-center gap-2 text-[0.9375rem] tracking-[-0.02em]">
          <ProductMark size={22} />
          {shell.product}
        </div>
        <div className="my-auto flex flex-col py-8">
          <h1 className="text-28 mb-2.5 tracking-[-0.025em] text-balance">{t.headline}</h1>
          <p className="text-14 text-text-2 mb-6">{t.lead}</p>
          {reason !== undefined && (
            <p role="status" className="bg-warn-tint text-warn text-13 mb-3 rounded-6 px-3 py-2">
              {t.reasons[reason]}
            </p>
          )}
          {(problem ?? error) !== null && (
            <div className="-mx-4 mb-3">
              <ErrorPanel error={problem ?? error} onRetry={problem === null ? () => void refetch() : null} />
            </div>
          )}
          {providers?.sandbox.offered !== false && (
            <BigButton
              ink
              icon={<Play size={20} strokeWidth={1.6} aria-hidden />}
              tail={<ArrowRight size={18} strokeWidth={1.6} aria-hidden />}
              title={opening === 'sandbox' ? t.opening : t.sandbox}
              note={t.sandboxNote}
              onPress={() => begin('sandbox')}
            />
          )}
          <BigButton
            ink={providers?.sandbox.offered === false}
            blocked={providers?.amazon.offered === false}
            icon={<KeyRound size={20} strokeWidth={1.6} aria-hidden />}
            tail={<ArrowUpRight size={18} strokeWidth={1.6} aria-hidden />}
            title={opening === 'amazon' ? t.opening : t.amazon}
            note={providers?.amazon.offered === false ? t.amazonMissing : t.amazonNote}
            onPress={() => begin('amazon')}
          />
          <p className="text-12 text-text-2 mt-4">
            {t.permission[0]}
            <span className="mono">{t.permission[1]}</span>
            {t.permission[2]}
          </p>
        </div>
        <footer className="text-12 text-text-3 flex min-h-4 justify-between gap-4">
          {providers !== undefined && (
            <>
              <span role="status" className="flex items-center gap-1.5">
                {providers.sandbox.offered && (
                  <>
                    <i
                      aria-hidden
                      className={`size-[7px] rounded-full ${providers.sandbox.ready ? 'bg-ok-solid' : 'bg-warn-solid'}`}
                    />
                    {providers.sandbox.ready ? t.sandboxReady : t.sandboxStarting}
                  </>
                )}
              </span>
              <span>{t.version(providers.version)}</span>
            </>
          )}
        </footer>
      </main>
      {width === 'desk' && <QueryPicture />}
    </div>
  )
}

interface BigButtonProps {
  ink?: boolean
  blocked?: boolean
  icon: ReactNode
  tail: ReactNode
  title: string
  note: string
  onPress: () => void
}

function BigButton({ ink, blocked, icon, tail, title, note, onPress }: BigButtonProps) {
  const look = blocked
    ? 'bg-hover border-line-strong text-text-2'
    : ink
      ? 'bg-ink border-ink text-text-inverse'
      : 'bg-surface border-line-strong hover:bg-hover'
  return (
    <button
      type="button"
      aria-disabled={blocked === true}
      onClick={blocked ? undefined : onPress}
      className={`mt-3 flex items-center gap-3.5 rounded-8 border px-4 py-3.5 text-left ${look}`}
    >
      {icon}
      <span className="min-w-0 flex-1">
        <span className="text-14 font-strong block">{title}</span>
        <span className="text-12 block">{note}</span>
      </span>
      {tail}
    </button>
  )
}
