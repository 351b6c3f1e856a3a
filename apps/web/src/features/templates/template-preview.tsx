import type { InstanceId, QueryTemplateSummary, Workflow } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowRight, X } from 'lucide-react'
import { templates as t } from '#messages/templates.ts'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { ExampleResult } from './example-result.tsx'
import { TemplateFacts } from './template-facts.tsx'
import { DifficultyMark } from './template-marks.tsx'
import { TemplateValues } from './template-values.tsx'
import { templateQueries } from './templates.queries.ts'
import { UseTemplateButton } from './use-template-button.tsx'

interface TemplatePreviewProps {
  template: QueryTemplateSummary
  instanceId: InstanceId | null
  onCopied: (workflow: Workflow) => void
  onClose: () => void
}

/** What an analysis gives and how to read it, beside the list. */
export function TemplatePreview({ template, instanceId, onCopied, onClose }: TemplatePreviewProps) {
  const { data, error, refetch } = useQuery(templateQueries.detail(template.id, instanceId ?? undefined))
  return (
    <section aria-label={t.preview(template.name)} className="flex h-full min-h-0 flex-col">
      <div
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long preview scrolls, and keys must reach it
        tabIndex={0}
        className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-4 focus-visible:outline-offset-[-2px]"
      >
        <header className="flex items-start gap-1">
          <div className="min-w-0 flex-1">
            <h2 className="text-16 tracking-[-0.01em]">{template.question}</h2>
            <p className="text-12 text-text-2 mt-1 flex flex-wrap items-center gap-x-2.5 gap-y-1">
              {template.name} <DifficultyMark level={template.difficulty} /> {t.used(template.usageCount)}
            </p>
          </div>
          <Button look="quiet" size="small" square aria-label={t.close} onPress={onClose}>
            <X size={14} strokeWidth={1.7} aria-hidden />
          </Button>
        </header>
        <ExampleResult templateId={template.id} isAudience={template.isAudience} rows={6} />
        {error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
        {data === undefined && !error && <Skeleton label={t.detail.loading} rows={3} />}
        {data !== undefined && (
          <>
            <div>
              <h3 className="text-13 mb-1">{t.reading}</h3>
              <p className="text-text-2">{data.reading}</p>
            </div>
            <div>
              <h3 className="text-13 mb-2">{t.values}</h3>
              <TemplateValues parameters={data.parameters} />
            </div>
            <TemplateFacts template={data} />
          </>
        )}
      </div>
      <footer className="border-line flex flex-wrap items-center justify-end gap-2 border-t p-3">
        <Link to="/templates/$templateId" params={{ templateId: template.id }} className="btn default">
          <ArrowRight size={14} strokeWidth={1.7} aria-hidden />
          {t.open}
        </Link>
        <UseTemplateButton template={template} instanceId={instanceId} onCopied={onCopied} />
      </footer>
    </section>
  )
}
