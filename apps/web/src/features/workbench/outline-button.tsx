import type { Schema } from '@recomamp/amc-sql'
import { outline, type OutlineNode } from '@recomamp/amc-sql/editing'
import { ListTree } from 'lucide-react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { workbench as t } from '#messages/workbench.ts'

/** Two frames, after which React Aria has put the focus back. */
const focusReturnMs = 34

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
          {({ close }) => {
            const nodes = outline(text(), schema)
            const go = ({ selection }: OutlineNode) => {
              close()
              // The closing popover gives the focus back to its button first.
              setTimeout(() => onGo(selection.from, selection.to), focusReturnMs)
            }
            return nodes.length === 0 ? (
              <p className="text-12 text-text-2 p-2">{t.noOutline}</p>
            ) : (
              <OutlineNodes nodes={nodes} onGo={go} />
            )
          }}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
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
