import type { Role } from '@recomamp/contracts'
import { sectionsFor } from '#features/settings/sections.ts'
import { palette as t } from '#messages/palette.ts'
import { shell } from '#messages/shell.ts'
import type { EntryOf } from './entries.ts'

const pages: readonly EntryOf<'page'>[] = [
  { kind: 'page', key: 'page home', label: shell.home, to: '/' },
  { kind: 'page', key: 'page workbench', label: shell.workbench, to: '/workbench' },
  { kind: 'page', key: 'page queries', label: shell.queries, to: '/queries' },
  { kind: 'page', key: 'page executions', label: shell.executions, to: '/executions' },
  { kind: 'page', key: 'page data-sources', label: shell.dataSources, to: '/data-sources' },
  { kind: 'page', key: 'page templates', label: shell.templates, to: '/templates' },
  { kind: 'page', key: 'page instances', label: shell.instances, to: '/instances' },
  { kind: 'page', key: 'page status', label: shell.status, to: '/status' },
]

/** Every page and section of the settings that somebody of that role may look at. */
export function pagesFor(role: Role | undefined): readonly EntryOf<'page' | 'setting'>[] {
  const settings = sectionsFor(role).map((section): EntryOf<'setting'> => {
    return { kind: 'setting', key: `setting ${section}`, label: t.settings[section], section }
  })
  return [...pages, ...settings]
}
