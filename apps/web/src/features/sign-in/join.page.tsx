import { InvitationSecret, acceptInvitation } from '@recomamp/contracts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { z } from 'zod'
import { access } from '#messages/access.ts'
import { shell } from '#messages/shell.ts'
import { call } from '#platform/api.ts'
import { handOver } from '#platform/hand-over.ts'
import { beginAnew, useSession } from '#platform/session.tsx'
import { Button } from '#ui/button.tsx'
import { useTitle } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { ProductMark } from '#ui/product-mark.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { signInQueries } from './sign-in.queries.ts'

const t = access.join

/** The secret while the person is away to sign in: in this tab, for ten minutes. */
const joining = handOver('recomamp.invitation', z.object({ secret: InvitationSecret }))

/** Where the link of an invitation leads: `/join#secret`. */
export function JoinPage() {
  useTitle(t.title)
  const [secret] = useState(readSecret)
  // It does not stay in the address, where others may see it and the history keeps it.
  useEffect(() => history.replaceState(history.state, '', location.pathname), [])
  return (
    <main className="mx-auto flex h-full max-w-[560px] flex-col gap-4 px-6 py-10">
      <div className="font-strong flex items-center gap-2 text-[0.9375rem] tracking-[-0.02em]">
        <ProductMark size={22} />
        {shell.product}
      </div>
      <h1 className="text-28 tracking-[-0.025em]">{t.title}</h1>
      {secret === null ? <p className="text-14 text-text-2">{t.none}</p> : <Offer secret={secret} />}
      <div>
        <Link to="/" className="btn quiet">
          {t.home}
        </Link>
      </div>
    </main>
  )
}

function readSecret(): string | null {
  const given = InvitationSecret.safeParse(location.hash.slice(1))
  return given.success ? given.data : (joining.take()?.secret ?? null)
}

function Offer({ secret }: { secret: string }) {
  const session = useSession()
  const navigate = useNavigate()
  const { data, error, isPending } = useQuery(signInQueries.invitation(secret))
  const accept = useMutation({
    mutationFn: () => call(acceptInvitation, { body: { secret } }),
    onSuccess: beginAnew,
  })
  if (error !== null) return <ErrorPanel error={error} />
  if (isPending) return <Skeleton label={t.title} rows={3} />
  const signInFirst = () => {
    joining.leave({ secret })
    void navigate({ to: '/sign-in', search: { next: '/join' } })
  }
  return (
    <>
      <p className="text-14">{t.lead(data.invitedBy ?? t.somebody, data.workspace)}</p>
      <p className="text-text-2">
        {t.as(access.roles[data.role])}. {access.roleNotes[data.role]}.
      </p>
      {accept.error !== null && <ErrorPanel error={accept.error} />}
      <div>
        {session.state === 'signed-in' ? (
          <Button look="primary" size="large" busy={accept.isPending} onPress={() => accept.mutate()}>
            {t.accept}
          </Button>
        ) : (
          <Button look="primary" size="large" busy={session.state === 'starting'} onPress={signInFirst}>
            {t.signIn}
          </Button>
        )}
      </div>
    </>
  )
}
