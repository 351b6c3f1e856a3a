import type { Instance } from '@recomamp/contracts'
import { instance as t } from '#messages/instance.ts'
import { CopyButton } from '#ui/copy-button.tsx'

/** The two ids side by side, so that nobody takes one for the other (F-01). */
export function IdCards({ instance }: { instance: Instance }) {
  return (
    <div className="grid gap-3 tablet:grid-cols-2">
      <IdCard {...t.amcId} id={instance.amcInstanceId} accented />
      <IdCard {...t.ownId} id={instance.id} />
    </div>
  )
}

interface IdCardProps {
  title: string
  note: string
  copy: string
  id: string
  accented?: boolean
}

function IdCard({ title, note, copy, id, accented = false }: IdCardProps) {
  return (
    <section
      aria-label={title}
      className={`rounded-6 border px-3.5 py-2.5 ${accented ? 'bg-accent-tint border-accent-line' : 'border-line'}`}
    >
      <div className="flex items-center justify-between gap-2">
        <h2 className={`text-11 font-medium ${accented ? 'text-accent-text' : 'text-text-3'}`}>{title}</h2>
        <CopyButton text={id} label={copy} />
      </div>
      <p className="mono font-medium text-13 break-all">{id}</p>
      <p className="text-12 text-text-2 mt-0.5">{note}</p>
    </section>
  )
}
