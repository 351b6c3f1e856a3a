import { type ReactNode, useRef, useState } from 'react'
import { Button, Dialog, Popover } from 'react-aria-components'

interface PopoverButtonProps {
  /** Names what opens. */
  label: string
  button: ReactNode
  /** Classes of the panel, its width among them. */
  panel: string
  placement: 'bottom start' | 'bottom end'
  size?: 'small' | 'normal'
  children: ReactNode
}

/** A button that opens a panel below it. Not react-aria's DialogTrigger: that leaves its hidden buttons outside of the dialog, where no
 *  landmark holds them (axe: region). */
export function PopoverButton({ label, button, panel, placement, size = 'small', children }: PopoverButtonProps) {
  const trigger = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        ref={trigger}
        className={`btn ${size}`}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPress={() => setOpen(true)}
      >
        {button}
      </Button>
      <Popover className="popover" triggerRef={trigger} isOpen={isOpen} onOpenChange={setOpen} placement={placement}>
        <Dialog aria-label={label} className={`max-w-[92vw] outline-none ${panel}`}>
          {children}
        </Dialog>
      </Popover>
    </>
  )
}
