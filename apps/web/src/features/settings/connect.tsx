import { Region, disconnect } from '@recomamp/contracts'
import { useLocation } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { settings } from '#messages/settings.ts'
import { useSession } from '#platform/session.tsx'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'

const t = settings.connections

/** A further sign-in with Amazon, in one of its regions. */
export function ConnectAmazon() {
  const { signIn } = useSession()
  const location = useLocation()
  const [isAsking, setAsking] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  return (
    <>
      <Button look="primary" needs={disconnect} onPress={() => setAsking(true)}>
        <Plus size={14} strokeWidth={1.7} aria-hidden />
        {t.connect}
      </Button>
      {isAsking && (
        <Dialog title={t.connectTitle} isOpen onClose={() => setAsking(false)}>
          <p className="text-text-2">{t.connectLead}</p>
          {problem !== null && <ErrorPanel error={problem} />}
          <div className="flex flex-wrap gap-2">
            {Region.options.map((region) => (
              <Button
                key={region}
                onPress={() => void signIn('amazon', location.href, { region, connects: true }).catch(setProblem)}
              >
                {t.connectRegion[region]}
              </Button>
            ))}
          </div>
        </Dialog>
      )}
    </>
  )
}
