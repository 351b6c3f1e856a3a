import { executeWorkflow } from '@recomamp/contracts'
import { ChevronDown } from 'lucide-react'
import { Button, Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components'
import { workbench } from '#messages/workbench.ts'
import { useBlocked } from '#platform/may.ts'
import type { Bench } from './use-workbench.ts'

const t = workbench.run.menu

interface RunMenuProps {
  bench: Pick<Bench, 'start' | 'check' | 'tryLocally' | 'tryPart' | 'judgePrivacy'>
  large?: boolean
}

/** What can be done with the text, each with its key and what becomes of it. */
export function RunMenu({ bench, large }: RunMenuProps) {
  const blocked = useBlocked(executeWorkflow)
  if (blocked !== null) return null
  const ways = [
    { ...t.run, act: bench.start },
    { ...t.check, act: bench.check },
    { ...t.try, act: bench.tryLocally },
    { ...t.part, act: bench.tryPart },
    { ...t.privacy, act: bench.judgePrivacy },
  ]
  return (
    <MenuTrigger>
      <Button aria-label={t.label} className={`btn square run-more ${large ? 'large' : ''}`}>
        <ChevronDown size={14} strokeWidth={1.7} aria-hidden />
      </Button>
      <Popover className="popover" offset={4} placement="top start">
        <Menu aria-label={t.label} className="outline-none">
          {ways.map(({ name, what, key, act }) => (
            <MenuItem key={name} id={name} textValue={name} className="menu-item" onAction={act}>
              <span className="flex min-w-0 flex-1 flex-col">
                <Text slot="label">{name}</Text>
                <Text slot="description" className="text-11 text-text-3">
                  {what}
                </Text>
              </span>
              <kbd className="kbd">{key}</kbd>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
