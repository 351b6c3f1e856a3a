import { library } from '#messages/queries.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'

const t = library.deletion

interface DeletionDialogProps {
  queries: number
  copies: number
  onChoose: (copies: 'keep' | 'remove') => void
  onClose: () => void
}

/** Asks about what leaves our reach: the copies at AMC of what is thrown away. */
export function DeletionDialog({ queries, copies, onChoose, onClose }: DeletionDialogProps) {
  return (
    <Dialog title={t.title(queries)} isOpen onClose={onClose}>
      <p className="text-text-2 max-w-[52ch]">{t.body(copies)}</p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="quiet" onPress={onClose}>
          {t.cancel}
        </Button>
        <Button onPress={() => onChoose('remove')}>
          <span className="text-bad">{t.remove}</span>
        </Button>
        <Button look="primary" onPress={() => onChoose('keep')}>
          {t.keep}
        </Button>
      </div>
    </Dialog>
  )
}
