import { useState } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { shell } from '#messages/shell.ts'
import { useSession } from '#platform/session.tsx'
import { useTheme } from '#platform/theme.tsx'
import { Button as ActionButton } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { inTopBar } from './in-top-bar.ts'

/** Who is signed in, the theme, and the way out. */
export function AccountMenu() {
  const { user, signOut } = useSession()
  const { theme, setTheme } = useTheme()
  const [problem, setProblem] = useState<unknown>(null)
  const name = user?.name ?? user?.email ?? null
  return (
    <DialogTrigger>
      <Button className="bg-ink text-text-inverse text-11 font-strong grid size-[26px] flex-none place-items-center rounded-full">
        <span aria-hidden>{initials(name)}</span>
        <span className="sr-only">{name === null ? shell.accountUnknown : shell.account(name)}</span>
      </Button>
      <Popover className="popover" offset={6} {...inTopBar()}>
        <Dialog aria-label={shell.accountUnknown} className="flex flex-col gap-3 p-2 outline-none">
          {name !== null && (
            <div>
              <div className="font-medium">{name}</div>
              {user?.email && user.email !== name && <div className="text-12 text-text-3">{user.email}</div>}
            </div>
          )}
          <div className="flex flex-col gap-1">
            <span className="field-label" aria-hidden>
              {shell.theme}
            </span>
            <Segmented
              label={shell.theme}
              value={theme}
              onChange={setTheme}
              choices={[
                { value: 'light', label: shell.themes.light },
                { value: 'dark', label: shell.themes.dark },
                { value: 'system', label: shell.themes.system },
              ]}
            />
          </div>
          {problem !== null && <ErrorPanel error={problem} />}
          <ActionButton onPress={() => void signOut().catch(setProblem)}>{shell.signOut}</ActionButton>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function initials(name: string | null): string {
  const parts = (name ?? '').split(/[\s@.]+/).filter((part) => part !== '')
  return parts
    .slice(0, 2)
    .map((part) => part[0]?.toUpperCase())
    .join('')
}
