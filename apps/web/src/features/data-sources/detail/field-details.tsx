import type { DataSourceDetail } from '@recomamp/contracts'
import { Link, useNavigate } from '@tanstack/react-router'
import { Copy, Link2, TextCursorInput } from 'lucide-react'
import type { ReactNode } from 'react'
import { useLayoutEffect, useMemo, useRef } from 'react'
import { dataSource as words } from '#messages/data-source.ts'
import { marks } from '#messages/marks.ts'
import { workbench } from '#messages/workbench.ts'
import { leaveInsertion } from '#platform/insertion.ts'
import { Button } from '#ui/button.tsx'
import { CopyWordButton } from '#ui/copy-word-button.tsx'
import { FieldLink } from './field-link.tsx'

const t = words.field

interface FieldDetailsProps {
  source: DataSourceDetail
  name: string
  id: string
  top: number
  onHeight: (height: number) => void
  /** The saved queries that use a field. */
  renderUses: (field: string) => ReactNode
}

/** Everything about the field of the open row, below it. */
export function FieldDetails({ source, name, id, top, onHeight, renderUses }: FieldDetailsProps) {
  const element = useRef<HTMLDivElement>(null)
  const navigate = useNavigate()
  useLayoutEffect(() => {
    const box = element.current
    if (box === null) return
    const measure = () => onHeight(box.offsetHeight)
    measure()
    const sizes = new ResizeObserver(measure)
    sizes.observe(box)
    return () => sizes.disconnect()
  }, [onHeight])
  const field = source.fields.find((one) => one.name === name)
  const users = useMemo(
    () => source.examples.filter(({ sql }) => new RegExp(`\\b${name}\\b`).test(sql)),
    [source.examples, name],
  )
  if (field === undefined) return null
  const link = `${location.origin}/data-sources/${source.name}#field-${name}`
  return (
    <div
      ref={element}
      id={id}
      role="group"
      aria-label={name}
      className="bg-accent-tint border-line-subtle absolute inset-x-0 flex flex-wrap items-start gap-x-6 gap-y-3 border-b px-3 pt-1 pb-3 tablet:pl-[62px]"
      style={{ top }}
    >
      <div className="flex min-w-[min(440px,100%)] flex-1 flex-col gap-2">
        <p className="max-w-[76ch]">{field.description}</p>
        <dl className="field-facts">
          <Fact name={t.shown}>
            {field.aggregationThreshold === null ? t.unknownClass : marks.thresholds[field.aggregationThreshold]}
          </Fact>
          {field.unit && (
            <Fact name={t.unit}>
              {field.unit}: {workbench.schema.units[field.unit]}
            </Fact>
          )}
          {field.typeDetail && <Fact name={t.type}>{field.typeDetail}</Fact>}
          {field.typeOnInstance !== null && <Fact name={t.typeHere}>{field.typeOnInstance}</Fact>}
          {field.populatedFor && <Fact name={t.filledFor}>{field.populatedFor}</Fact>}
          {field.nullable !== null && <Fact name={t.empty}>{t.nullable[`${field.nullable}`]}</Fact>}
          {field.knownValues && (
            <Fact name={t.values}>
              <span className="mono">{field.knownValues.join(', ')}</span>
            </Fact>
          )}
          {field.examples && (
            <Fact name={t.examples}>
              <span className="mono break-all">{field.examples.map(valueText).join(', ')}</span>
            </Fact>
          )}
          {field.since && <Fact name={t.since}>{field.since}</Fact>}
          {field.goesWith.length > 0 && (
            <Fact name={t.goesWith}>
              <Listed items={field.goesWith.map((other) => [other, <FieldLink key={other} field={other} />])} />
            </Fact>
          )}
          {field.alsoIn.length > 0 && (
            <Fact name={t.alsoIn}>
              <AlsoIn name={name} sources={field.alsoIn} />
            </Fact>
          )}
          {users.length > 0 && (
            <Fact name={t.usedInExamples}>
              <Listed
                items={users.map(({ slug, title }) => [
                  slug,
                  <a key={slug} href={`#example-${slug}`}>
                    {title}
                  </a>,
                ])}
              />
            </Fact>
          )}
          <Fact name={t.usedInQueries}>{renderUses(name)}</Fact>
        </dl>
        {field.columnTypeInferred && <p className="text-12 text-text-3">{t.inferred}</p>}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          aria-label={t.insertOf(name)}
          onPress={() => {
            leaveInsertion(name)
            void navigate({ to: '/workbench', search: {} })
          }}
        >
          <TextCursorInput size={14} strokeWidth={1.7} aria-hidden />
          {t.insert}
        </Button>
        <CopyWordButton text={name} label={t.copyOf(name)} icon={<Copy size={14} strokeWidth={1.7} aria-hidden />}>
          {t.copy}
        </CopyWordButton>
        <CopyWordButton text={link} label={t.linkTo(name)} icon={<Link2 size={14} strokeWidth={1.7} aria-hidden />}>
          {t.link}
        </CopyWordButton>
      </div>
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Listed({ items }: { items: readonly (readonly [key: string, node: ReactNode])[] }) {
  return items.map(([key, node], at) => (
    <span key={key}>
      {at > 0 && ', '}
      {node}
    </span>
  ))
}

const fewSources = 8

function AlsoIn({ name, sources }: { name: string; sources: readonly string[] }) {
  const few = sources.length <= fewSources + 1 ? sources : sources.slice(0, fewSources)
  return (
    <>
      <Listed
        items={few.map((other) => [
          other,
          <Link
            key={other}
            to="/data-sources/$name"
            params={{ name: other }}
            hash={`field-${name}`}
            hashScrollIntoView={false}
            className="mono"
          >
            {other}
          </Link>,
        ])}
      />
      {few.length < sources.length && (
        <>
          {', '}
          <Link to="/data-sources" search={{ q: name }}>
            {t.more(sources.length - few.length)}
          </Link>
        </>
      )}
    </>
  )
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
