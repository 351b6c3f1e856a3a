import type { ErrorReport } from '@recomamp/contracts'
import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import { executions } from '#messages/executions.ts'
import { CopyButton } from '#ui/copy-button.tsx'
import { placeInWords, requestFacts, whereInWords } from './report-text.ts'

const t = executions.report

/** What happened, why, where, what to do, and what was sent; each can be copied by itself. */
export function ReportSections({ report }: { report: ErrorReport }) {
  const facts = requestFacts(report)
  const { template, sent, isCertain } = report.where
  return (
    <>
      <Section title={t.what} copy={report.what}>
        <p>{report.what}</p>
      </Section>
      <Section title={t.why} copy={report.why}>
        <p>{report.why}</p>
      </Section>
      <Section title={t.where} copy={whereInWords(report).join('\n')}>
        {template === null && sent === null && <p>{t.noPlace}</p>}
        <dl className="grid grid-cols-[132px_minmax(0,1fr)] gap-x-3 gap-y-0.5">
          {template !== null && (
            <>
              <dt className="text-text-2">{t.inTemplate}</dt>
              <dd>
                <Link
                  to="/workbench/$workflowId"
                  params={{ workflowId: report.execution.workflow.id }}
                  search={{ run: report.execution.id, at: template.from }}
                >
                  {placeInWords(template)}
                </Link>
              </dd>
            </>
          )}
          {sent !== null && (
            <>
              <dt className="text-text-2">{t.inSent}</dt>
              <dd>{placeInWords(sent)}</dd>
            </>
          )}
        </dl>
        {!isCertain && (template ?? sent) !== null && <p className="text-12 text-text-2">{t.probably}</p>}
      </Section>
      <Section title={t.next} copy={report.next}>
        <p>{report.next}</p>
      </Section>
      {report.findings.length > 0 && (
        <Section
          title={t.alsoFound}
          copy={report.findings.map((each) => `${each.line}:${each.column} ${each.message} (${each.code})`).join('\n')}
        >
          <ul className="flex flex-col gap-1">
            {report.findings.map((each) => (
              <li key={`${each.code} ${each.from}`}>
                {each.message} <span className="mono text-text-3">{each.code}</span>{' '}
                <span className="text-text-2">{executions.problem.placeWords(each.line, each.column)}</span>
              </li>
            ))}
          </ul>
          <p className="text-12 text-text-3">{t.alsoFoundHelp}</p>
        </Section>
      )}
      <Section title={t.request} copy={facts.map(([name, value]) => `${name}: ${value}`).join('\n')}>
        <dl className="grid grid-cols-[132px_minmax(0,1fr)] gap-x-3 gap-y-0.5">
          {facts.map(([name, value]) => (
            <Fragment key={name}>
              <dt className="text-text-2">{name}</dt>
              <dd className="mono break-all">{value}</dd>
            </Fragment>
          ))}
        </dl>
      </Section>
    </>
  )
}

/** One part of the report with the button that copies it. */
export function Section({ title, copy, children }: { title: string; copy: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="border-line-subtle flex flex-col gap-1.5 border-t py-3.5 first:border-t-0">
      <h2 className="text-12 text-text-2 flex items-center justify-between gap-2">
        {title}
        <CopyButton text={copy} label={executions.copyOf(title)} />
      </h2>
      {children}
    </section>
  )
}
