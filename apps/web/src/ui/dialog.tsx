import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { shell } from '#messages/shell.ts'
import { Button } from './button.tsx'

interface DialogProps {
  title: string
  isOpen: boolean
  /** Absent where the question must be answered. */
  onClose?: () => void
  children: ReactNode
}

/** A window over the page that holds the focus until it is closed. */
export function Dialog({ title, isOpen, onClose, children }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose?.()}
      isDismissable={onClose !== undefined}
      isKeyboardDismissDisabled={onClose === undefined}
      className="dialog-scrim"
    >
      <Modal className="dialog">
        <AriaDialog className="flex flex-col gap-3 p-5 outline-none">
          <div className="flex items-center justify-between gap-3">
            <Heading slot="title" className="text-16">
              {title}
            </Heading>
            {onClose && (
              <Button look="quiet" size="small" square aria-label={shell.close} onPress={onClose}>
                <X size={16} strokeWidth={1.6} aria-hidden />
              </Button>
            )}
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
