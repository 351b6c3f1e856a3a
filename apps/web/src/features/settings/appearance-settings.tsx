import type { ReactNode } from 'react'
import { useEffect, useId, useState } from 'react'
import { settings } from '#messages/settings.ts'
import { useDensity, useMotion } from '#platform/appearance.ts'
import { useSingleKeysOn } from '#platform/single-keys.ts'
import { useTheme } from '#platform/theme.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { Switch } from '#ui/switch.tsx'
import { SectionHead } from './section-head.tsx'

const t = settings.appearance

/** How the app looks and what keys do, in this browser; each choice holds at once and the sample shows it. */
export function AppearanceSettings() {
  const { theme, setTheme } = useTheme()
  const [density, setDensity] = useDensity()
  const [motion, setMotion] = useMotion()
  const [singleKeys, setSingleKeys] = useSingleKeysOn()
  return (
    <>
      <SectionHead title={settings.sections.appearance} lead={t.lead} />
      <div className="flex flex-col gap-5 px-4 pb-6 tablet:px-5">
        <Setting title={t.theme} value={theme}>
          <Segmented
            label={t.theme}
            value={theme}
            onChange={setTheme}
            choices={(['light', 'dark', 'system'] as const).map((value) => ({ value, label: t.themes[value] }))}
          />
        </Setting>
        <Setting title={t.rows} help={t.rowsHelp} value={density}>
          <Segmented
            label={t.rows}
            value={density}
            onChange={setDensity}
            choices={(['compact', 'roomy'] as const).map((value) => ({ value, label: t.densities[value] }))}
          />
        </Setting>
        <Setting title={t.motion} help={t.motionHelp} value={motion}>
          <Segmented
            label={t.motion}
            value={motion}
            onChange={setMotion}
            choices={(['system', 'reduced'] as const).map((value) => ({ value, label: t.motions[value] }))}
          />
        </Setting>
        <Setting title={t.keys} help={t.keysHelp} value={singleKeys}>
          <Switch label={t.keysLabel} value={singleKeys} onChange={setSingleKeys}>
            {t.keysLabel}
          </Switch>
        </Setting>
        <section aria-label={t.sample} className="border-line max-w-[520px] overflow-hidden rounded-6 border">
          <table className="rows">
            <thead>
              <tr>
                <th>{t.sampleQuery}</th>
                <th className="num">{t.sampleRowCount}</th>
              </tr>
            </thead>
            <tbody>
              {t.sampleRows.map(([name, rows]) => (
                <tr key={name}>
                  <td>{name}</td>
                  <td className="num">{rows}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </>
  )
}

interface SettingProps {
  title: string
  help?: string
  /** What is chosen: a change of it says that it is kept. */
  value: unknown
  children: ReactNode
}

/** One field with what it does, which says for a moment that it was kept. */
function Setting({ title, help, value, children }: SettingProps) {
  const id = useId()
  const [before, setBefore] = useState(value)
  const [isSaved, setSaved] = useState(false)
  if (before !== value) {
    setBefore(value)
    setSaved(true)
  }
  useEffect(() => {
    if (!isSaved) return
    const timer = setTimeout(() => setSaved(false), 4000)
    return () => clearTimeout(timer)
  }, [isSaved])
  return (
    <section aria-labelledby={id} className="flex flex-col items-start gap-1.5">
      <h3 id={id} className="text-12">
        {title}
      </h3>
      <div className="flex flex-wrap items-center gap-3">
        {children}
        <span role="status" className="text-12 text-ok">
          {isSaved ? t.saved : ''}
        </span>
      </div>
      {help !== undefined && <p className="text-12 text-text-2 max-w-[60ch]">{help}</p>}
    </section>
  )
}
