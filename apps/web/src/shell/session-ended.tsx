import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { shell } from '#messages/shell.ts'
import { useSession } from '#platform/session.tsx'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'

/** Asks once to sign in again, over the page as it is; sign-in comes back to the same place (S-075). */
export function SessionEnded() {
  const session = useSession()
  const location = useLocation()
  const [problem, setProblem] = useState<unknown>(null)
  const provider = session.user?.provider ?? 'sandbox'
  return (
    <Dialog title={shell.ended.title} isOpen>
      <p className="text-text-2">{shell.ended.body}</p>
      {problem !== null && <ErrorPanel error={problem} />}
      <div>
        <Button look="primary" onPress={() => void session.signIn(provider, location.href).catch(setProblem)}>
          {shell.ended[provider]}
        </Button>
      </div>
    </Dialog>
  )
}
