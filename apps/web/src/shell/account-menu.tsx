import { Check } from 'lucide-react'
import { useState } from 'react'
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { shell } from '#messages/shell.ts'
import { useSession } from '#platform/session.tsx'
import type { Theme } from '#platform/theme.tsx'
import { useTheme } from '#platform/theme.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'

const themes: readonly Theme[] = ['light', 'dark', 'system']

/** Who is signed in, the theme, and the way out. */
export function AccountMenu() {
  const { user, signOut } = useSession()
  const { theme, setTheme } = useTheme()
  const [problem, setProblem] = useState<unknown>(null)
  const name = user?.name ?? user?.email ?? null
  return (
    <>
      <MenuTrigger>
        <Button className="bg-ink text-text-inverse text-11 font-strong grid size-[26px] flex-none place-items-center rounded-full">
          <span aria-hidden>{initials(name)}</span>
          <span className="sr-only">{name === null ? shell.accountUnknown : shell.account(name)}</span>
        </Button>
        <Popover className="popover" offset={6}>
          <Menu
            aria-label={shell.accountUnknown}
            className="min-w-[200px] outline-none"
            onAction={(key) => {
              const chosen = themes.find((each) => each === key)
              if (chosen !== undefined) setTheme(chosen)
              if (key === 'sign-out') void signOut().catch(setProblem)
            }}
          >
            <MenuSection selectionMode="single" selectedKeys={[theme]}>
              <Header className="menu-head">{name === null ? shell.theme : `${name} · ${shell.theme}`}</Header>
              {themes.map((each) => (
                <MenuItem key={each} id={each} className="menu-item">
                  {({ isSelected }) => (
                    <>
                      <span className="flex-1">{shell.themes[each]}</span>
                      {isSelected && <Check size={14} strokeWidth={1.7} aria-hidden />}
                    </>
                  )}
                </MenuItem>
              ))}
            </MenuSection>
            <Separator className="bg-line-subtle my-1 h-px" />
            <MenuItem id="sign-out" className="menu-item">
              {shell.signOut}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <Dialog title={shell.signOut} isOpen={problem !== null} onClose={() => setProblem(null)}>
        <ErrorPanel error={problem} />
      </Dialog>
    </>
  )
}

function initials(name: string | null): string {
  const parts = (name ?? '').split(/[\s@.]+/).filter((part) => part !== '')
  return parts
    .slice(0, 2)
    .map((part) => part[0]?.toUpperCase())
    .join('')
}
