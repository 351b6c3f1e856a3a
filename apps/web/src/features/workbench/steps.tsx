import { workbench as t } from '#messages/workbench.ts'

/** What the result pane shows before there is a result: the three steps, the next one marked. */
export function Steps({ written }: { written: boolean }) {
  const next = written ? 1 : 0
  return (
    <div className="flex min-h-[58px] flex-wrap items-center gap-x-7 gap-y-2 px-4 py-2">
      <h2 className="text-12">{t.result}</h2>
      <ol className="contents">
        {t.steps.map(([title, note], index) => (
          <li key={title} aria-current={index === next ? 'step' : undefined} className="flex items-center gap-[9px]">
            <span
              aria-hidden
              className={`text-12 font-strong grid size-[22px] flex-none place-items-center rounded-full ${index === next ? 'bg-accent text-on-accent' : 'text-text-2 border-line-strong border'}`}
            >
              {index + 1}
            </span>
            <span>
              <span className="font-medium">{title}</span> <span className="text-12 text-text-3">{note}</span>
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
