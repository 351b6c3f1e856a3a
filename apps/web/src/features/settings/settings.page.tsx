import { Link, getRouteApi } from '@tanstack/react-router'
import {
  Hourglass,
  type LucideIcon,
  KeySquare,
  MonitorSmartphone,
  Palette,
  Plug,
  ScrollText,
  Trash2,
  Users,
  Webhook,
} from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useQuery } from '@tanstack/react-query'
import { workflowQueries } from '#features/workflows/workflows.queries.ts'
import { settings as t } from '#messages/settings.ts'
import { useSession } from '#platform/session.tsx'
import { figure } from '#platform/words.ts'
import { Page } from '#ui/page.tsx'
import { PanelBoundary } from '#ui/panel-boundary.tsx'
import { AuditSettings } from './access/audit.page.tsx'
import { MembersSettings } from './access/members.page.tsx'
import { SessionsSettings } from './access/sessions.page.tsx'
import { TokensSettings } from './access/tokens.page.tsx'
import { AppearanceSettings } from './appearance-settings.tsx'
import { ConnectionsSettings } from './connections.page.tsx'
import { KeepingSettings } from './keeping.page.tsx'
import { type SettingsSection, sectionsFor } from './sections.ts'
import { TrashSettings } from './trash.page.tsx'
import { WebhooksSettings } from './webhooks/webhooks.page.tsx'

const icons: Readonly<Record<SettingsSection, LucideIcon>> = {
  connections: Plug,
  members: Users,
  sessions: MonitorSmartphone,
  tokens: KeySquare,
  webhooks: Webhook,
  keeping: Hourglass,
  audit: ScrollText,
  appearance: Palette,
  trash: Trash2,
}

const route = getRouteApi('/app/settings/$section')

/** The settings, a section at a time; each field saves by itself. */
export function SettingsPage() {
  const { section } = route.useParams()
  const { user } = useSession()
  const counts = useQuery(workflowQueries.counts())
  const trashed = counts.data?.shelves.trash ?? 0
  const counted: Partial<Record<SettingsSection, string>> = {
    connections: user === null ? '' : figure(user.connections.length),
    trash: trashed === 0 ? '' : figure(trashed),
  }
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    nav.current?.querySelector(`[href$="/${section}"]`)?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [section])
  return (
    <Page title={t.title}>
      <div className="settings">
        <nav ref={nav} aria-label={t.title} className="settings-nav">
          {sectionsFor(user?.role).map((to) => (
            <Link
              key={to}
              to="/settings/$section"
              params={{ section: to }}
              search={{}}
              activeOptions={{ includeSearch: false }}
            >
              <SectionIcon section={to} />
              <span className="flex-1">{t.sections[to]}</span>
              {(counted[to] ?? '') !== '' && <span className="text-12 text-text-3">{counted[to]}</span>}
            </Link>
          ))}
        </nav>
        <div className="min-h-0 min-w-0 overflow-auto">
          <PanelBoundary key={section} label={t.sections[section]}>
            {section === 'connections' && <ConnectionsSettings />}
            {section === 'members' && <MembersSettings />}
            {section === 'sessions' && <SessionsSettings />}
            {section === 'tokens' && <TokensSettings />}
            {section === 'webhooks' && <WebhooksSettings />}
            {section === 'keeping' && <KeepingSettings />}
            {section === 'audit' && <AuditSettings />}
            {section === 'appearance' && <AppearanceSettings />}
            {section === 'trash' && <TrashSettings />}
          </PanelBoundary>
        </div>
      </div>
    </Page>
  )
}

function SectionIcon({ section }: { section: SettingsSection }) {
  const Icon = icons[section]
  return <Icon size={16} strokeWidth={1.6} aria-hidden />
}
