import type { Schema } from '@recomamp/amc-sql'
import type { OutlineNode } from '@recomamp/amc-sql/editing'
import { ListTree } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { workbench as t } from '#messages/workbench.ts'
import { askLanguage } from './editor/language/ask-language.ts'

interface OutlineButtonProps {
  text: () => string
  schema: Schema | null
  onGo: (from: number, to: number) => void
}

/** The parts of the query as a list to go to: WITH parts with their columns, branches, the result. */
export function OutlineButton({ text, schema, onGo }: OutlineButtonProps) {
  if (schema === null) return null
  return (
    <DialogTrigger>
      <Button className="btn quiet small square" aria-label={t.outline}>
        <ListTree size={15} strokeWidth={1.6} aria-hidden />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Dialog aria-label={t.outline} className="max-h-[60vh] w-[320px] max-w-[90vw] overflow-auto p-1 outline-none">
          {({ close }) => <Outline text={text()} onClose={close} onGo={onGo} />}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

interface OutlineProps {
  text: string
  onClose: () => void
  onGo: (from: number, to: number) => void
}

function Outline({ text, onClose, onGo }: OutlineProps) {
  const [nodes, setNodes] = useState<readonly OutlineNode[] | null>(null)
  const chosen = useRef<OutlineNode | null>(null)
  const go = useEffectEvent(() => chosen.current && onGo(chosen.current.selection.from, chosen.current.selection.to))
  useEffect(() => {
    let closed = false
    askLanguage('outline', text).then(
      (found) => closed || setNodes(found),
      () => closed || setNodes([]),
    )
    return () => void (closed = true)
  }, [text])
  // An open popover holds the focus; once it is gone, the editor can take it.
  useEffect(() => () => void go(), [])
  if (nodes === null) return null
  if (nodes.length === 0) return <p className="text-12 text-text-2 p-2">{t.noOutline}</p>
  const choose = (node: OutlineNode) => {
    chosen.current = node
    onClose()
  }
  return <OutlineNodes nodes={nodes} onGo={choose} />
}

function OutlineNodes({ nodes, onGo }: { nodes: readonly OutlineNode[]; onGo: (node: OutlineNode) => void }) {
  return (
    <ul>
      {nodes.map((node) => (
        <li key={`${node.kind} ${node.from} ${node.name}`} className="pl-2">
          <button
            type="button"
            className={`hover:bg-hover text-12 flex min-h-[24px] w-full items-baseline gap-2 rounded px-1.5 text-left ${node.kind === 'column' ? '' : 'font-medium'}`}
            onClick={() => onGo(node)}
          >
            <span className="mono min-w-0 truncate">{node.name === '' ? t.unnamed : node.name}</span>
            <span className="text-11 text-text-3 min-w-0 flex-1 truncate">{node.detail}</span>
          </button>
          {node.children.length > 0 && <OutlineNodes nodes={node.children} onGo={onGo} />}
        </li>
      ))}
    </ul>
  )
}
