import { isFinal } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Activity, ChevronDown, CircleHelp, Menu as MenuIcon } from 'lucide-react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useChosenInstance } from '#features/instances/chosen-instance.tsx'
import { InstanceSelect } from '#features/instances/instance-select.tsx'
import { executionQueries } from '#features/executions/executions.queries.ts'
import { shell } from '#messages/shell.ts'
import { useWidth } from '#platform/width.ts'
import { ProductMark } from '#ui/product-mark.tsx'
import { StatusGlyph } from '#ui/status-mark.tsx'
import { AccountMenu } from './account-menu.tsx'
import { inTopBar } from './in-top-bar.ts'
import { useNavigation } from './navigation.tsx'
import { PaletteButton } from './palette/palette-button.tsx'
import { ShortcutHelp } from './shortcut-help.tsx'

export function TopBar({ phone }: { phone: boolean }) {
  return (
    <header className="topbar">
      {phone ? (
        <PhoneMenu />
      ) : (
        <Link to="/" aria-label={shell.product} className="grid h-9 w-12 flex-none place-items-center">
          <ProductMark />
        </Link>
      )}
      <InstanceSwitcher phone={phone} />
      <div className="flex-1" />
      <PaletteButton phone={phone} />
      {!phone && <RunsPill />}
      <ShortcutHelp>
        <CircleHelp size={16} strokeWidth={1.6} aria-hidden />
      </ShortcutHelp>
      <AccountMenu />
    </header>
  )
}

function PhoneMenu() {
  const entries = useNavigation()
  return (
    <DialogTrigger>
      <Button aria-label={shell.menu} className="btn quiet square ml-1">
        <MenuIcon size={16} strokeWidth={1.6} aria-hidden />
      </Button>
      <Popover className="popover min-w-[200px]" offset={4} {...inTopBar()}>
        <Dialog aria-label={shell.menu} className="outline-none">
          {({ close }) => (
            <nav aria-label={shell.navigation} className="flex flex-col">
              {entries.map(({ to, label, count }) => (
                <Link
                  key={to}
                  to={to}
                  activeOptions={{ exact: to === '/' }}
                  className="menu-item text-text"
                  onClick={close}
                >
                  <span className="flex-1">{label}</span>
                  <span className="text-text-3">{count}</span>
                </Link>
              ))}
            </nav>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function InstanceSwitcher({ phone }: { phone: boolean }) {
  const isWide = useWidth() === 'desk'
  const { instance, loading, choose } = useChosenInstance()
  return (
    <>
      <InstanceSelect
        label={shell.chooseInstance}
        labelAt="hidden"
        value={instance?.id ?? ''}
        onChange={choose}
        shown={
          instance === null ? (
            loading ? (
              shell.readingInstances
            ) : (
              shell.noInstance
            )
          ) : (
            <>
              <span className="cut text-text">{instance.name}</span>
              {isWide && <span className="mono text-text-3"> {instance.amcInstanceId}</span>}
            </>
          )
        }
        button={{
          className: 'btn quiet min-w-0 shrink',
          icon: <ChevronDown size={14} strokeWidth={1.7} aria-hidden className="text-text-3 flex-none" />,
        }}
      />
      {instance !== null && !phone && (
        <span className={`tag ${instance.connection.provider === 'sandbox' ? 'dotted' : 'lined'} flex-none`}>
          {instance.connection.provider === 'sandbox' ? shell.sandboxTag : shell.amazonTag}
        </span>
      )}
    </>
  )
}

function RunsPill() {
  const { data } = useQuery(executionQueries.latest())
  const open = data?.items.filter((each) => !isFinal(each.status)).length ?? 0
  return (
    <Link
      to="/executions"
      className="border-line bg-surface text-text text-12 flex h-6 flex-none items-center gap-1.5 rounded-full border pr-2.5 pl-2"
    >
      {open > 0 ? (
        <span className="text-accent-text">
          <StatusGlyph glyph="running" />
        </span>
      ) : (
        <Activity size={14} strokeWidth={1.7} aria-hidden className="text-text-3" />
      )}
      <span role="status">{open > 0 ? shell.running(open) : shell.nothingRunning}</span>
    </Link>
  )
}
