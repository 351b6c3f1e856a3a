import { type WorkflowSummary, saveWorkflow } from '@recomamp/contracts'
import { CloudUpload, Copy, Ellipsis, FileDown, History, Play, SquareTerminal, Tag, Trash2, Undo2 } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { Dialog, Popover } from 'react-aria-components'
import { library } from '#messages/queries.ts'
import { shell } from '#messages/shell.ts'
import { useBlocked } from '#platform/may.ts'

const t = library.actions

interface RowActs {
  run: () => void
  copy: () => void
  edit: () => void
  history: () => void
  tags: () => void
  sync: () => void
  export: () => void
  trash: () => void
  restore: () => void
  removeCopies: () => void
}

interface RowActionsProps {
  query: WorkflowSummary
  inTrash: boolean
  phone: boolean
  /** Whether Tab comes by: of the row at hand only. */
  reachable: boolean
  acts: RowActs
}

/** Run and copy at hand, the rest in a menu; in the trash the way back. */
export function RowActions({ query, inTrash, phone, reachable, acts }: RowActionsProps) {
  const trigger = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const writes = useBlocked(saveWorkflow) === null
  const button = (label: string, icon: ReactNode, act: () => void) => (
    <button
      type="button"
      tabIndex={reachable ? 0 : -1}
      aria-label={label}
      title={label}
      className="btn quiet small square"
      onClick={act}
    >
      {icon}
    </button>
  )
  const item = (label: string, icon: ReactNode, act: () => void) => (
    <button
      type="button"
      className="menu-item w-full"
      onClick={() => {
        setOpen(false)
        act()
      }}
    >
      {icon}
      {label}
    </button>
  )
  const look = { size: 14, strokeWidth: 1.7, 'aria-hidden': true } as const
  return (
    <>
      {!inTrash && writes && button(t.run(query.name), <Play {...look} />, acts.run)}
      {!inTrash && writes && !phone && button(t.copy(query.name), <Copy {...look} />, acts.copy)}
      <button
        ref={trigger}
        type="button"
        tabIndex={reachable ? 0 : -1}
        aria-label={t.more(query.name)}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        className="btn quiet small square"
        onClick={() => setOpen(true)}
      >
        <Ellipsis {...look} />
      </button>
      <Popover className="popover" triggerRef={trigger} isOpen={isOpen} onOpenChange={setOpen} placement="bottom end">
        <Dialog aria-label={t.more(query.name)} className="w-[230px] p-1 outline-none">
          {inTrash && !writes ? (
            <p className="text-12 text-text-2 px-2 py-1.5">{shell.needed.analyst}</p>
          ) : inTrash ? (
            <>
              {item(t.restore, <Undo2 {...look} />, acts.restore)}
              {query.copies !== null &&
                query.copies.state !== 'removing' &&
                item(t.removeCopies, <Trash2 {...look} />, acts.removeCopies)}
            </>
          ) : (
            <>
              {item(t.edit, <SquareTerminal {...look} />, acts.edit)}
              {writes && phone && item(t.duplicate, <Copy {...look} />, acts.copy)}
              {item(t.history, <History {...look} />, acts.history)}
              {writes && item(t.tags, <Tag {...look} />, acts.tags)}
              {writes &&
                (query.copies?.state === 'behind' || query.copies?.state === 'failed') &&
                item(t.sync, <CloudUpload {...look} />, acts.sync)}
              {item(t.export, <FileDown {...look} />, acts.export)}
              {writes && item(t.trash, <Trash2 {...look} />, acts.trash)}
            </>
          )}
        </Dialog>
      </Popover>
    </>
  )
}
