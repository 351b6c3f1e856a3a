import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { workbench as t } from '#messages/workbench.ts'
import { Button } from '#ui/button.tsx'

interface DrawerProps {
  title: string
  side: 'left' | 'right'
  isOpen: boolean
  onClose: () => void
  children: ReactNode
}

/** A pane that slides over the page where there is no room for it beside. */
export function Drawer({ title, side, isOpen, onClose, children }: DrawerProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-30 bg-[var(--scrim)]"
    >
      <Modal className={`drawer ${side === 'left' ? 'left-0' : 'right-0'}`}>
        <Dialog aria-label={title} className="flex min-h-0 flex-1 flex-col overflow-auto outline-none">
          <div className="border-line-subtle flex flex-none items-center justify-between border-b px-3 py-1.5">
            <h2>{title}</h2>
            <Button look="quiet" size="small" square aria-label={t.close} onPress={onClose}>
              <X size={16} strokeWidth={1.6} aria-hidden />
            </Button>
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
