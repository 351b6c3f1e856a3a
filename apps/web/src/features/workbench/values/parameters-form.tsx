import type { ParameterDeclaration, WorkflowContent } from '@recomamp/contracts'
import { ParameterType } from '@recomamp/contracts'
import { workbench } from '#messages/workbench.ts'
import { counted } from '#platform/words.ts'
import { LinkButton } from '#ui/button.tsx'
import { Field } from '#ui/field.tsx'
import { NumberField } from '#ui/number-field.tsx'
import { Select } from '#ui/select.tsx'
import { Switch } from '#ui/switch.tsx'
import { TagList } from '#ui/tag-list.tsx'
import { valueFault } from './parameter-value.ts'

const t = workbench.parameters
type Values = WorkflowContent['values']
type Value = Values[string]

interface ParametersFormProps {
  declarations: readonly ParameterDeclaration[]
  uses: ReadonlyMap<string, readonly unknown[]>
  /** Names whose declaration is still a guess. */
  guessed: ReadonlySet<string>
  values: Values
  onValue: (name: string, value: Value) => void
  onDeclare: (declaration: ParameterDeclaration) => void
  onJump: (name: string) => void
}

/** One field for each parameter that the query uses, by its type. */
export function ParametersForm(props: ParametersFormProps) {
  const declared = new Map(props.declarations.map((each) => [each.name, each]))
  const used = [...props.uses.keys()].flatMap((name) => declared.get(name) ?? [])
  const set = used.filter((each) => valueFault(each, props.values[each.name]) === null).length
  return (
    <section aria-label={t.title} className="border-line-subtle flex flex-col gap-2.5 border-b px-3.5 pt-2.5 pb-3">
      <div className="flex items-center justify-between gap-2">
        <h2 className="text-12">{t.title}</h2>
        <span className="text-11 text-text-3">{used.length === 0 ? t.none : t.set(set, used.length)}</span>
      </div>
      {used.length === 0 && (
        <p className="text-12 text-text-2">
          {t.hint[0]}
          <span className="parameter-pill">{t.hint[1]}</span>
          {t.hint[2]}
        </p>
      )}
      {used.map((declaration) => (
        <ParameterField key={declaration.name} declaration={declaration} {...props} />
      ))}
    </section>
  )
}

function ParameterField(props: ParametersFormProps & { declaration: ParameterDeclaration }) {
  const { declaration, values, uses, guessed, onValue, onDeclare, onJump } = props
  const { name } = declaration
  const value = values[name]
  const fault = valueFault(declaration, value)
  const note = noteOf(declaration)
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-1">
        <span className="-ml-1 min-w-0 flex-1">
          <LinkButton aria-label={t.jump(name)} onPress={() => onJump(name)}>
            <span className="parameter-pill">{name}</span>
          </LinkButton>
        </span>
        <Select
          label={t.type(name)}
          labelAt="hidden"
          plain
          value={`${declaration.list ? 'list ' : ''}${declaration.type}`}
          onChange={(chosen) => onDeclare({ ...declaration, ...typeOf(chosen) })}
          choices={typeChoices}
        />
        <span className="text-11 text-text-3 flex-none">
          {t.used(uses.get(name)?.length ?? 1)}
          {guessed.has(name) && `, ${t.guessed}`}
        </span>
      </div>
      {declaration.description && <p className="text-12 text-text-3">{declaration.description}</p>}
      <ValueWidget
        declaration={declaration}
        value={value}
        fault={fault}
        note={note}
        onValue={(next) => onValue(name, next)}
      />
    </div>
  )
}

const numberTypes: ReadonlySet<string> = new Set(['INTEGER', 'LONG', 'DECIMAL', 'DOUBLE'])

interface ValueWidgetProps {
  declaration: ParameterDeclaration
  value: Value | undefined
  fault: string | null
  note: string | null
  onValue: (value: Value) => void
}

function ValueWidget({ declaration, value, fault, note, onValue }: ValueWidgetProps) {
  const { name, type } = declaration
  const label = t.value(name)
  if (declaration.list) {
    const items = (Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value]).map(String)
    return (
      <>
        <TagList
          label={label}
          addLabel={t.addTo(name)}
          values={items}
          onChange={(next) => onValue(next.map((each) => typed(type, each)))}
          invalid={fault !== null}
        />
        {fault === null && (
          <span className="field-help">
            {items.length > 3 ? t.listCount(counted(items.length, 'value'), 0) : (note ?? '')}
          </span>
        )}
        {fault !== null && <span className="field-error">{fault}</span>}
      </>
    )
  }
  const text = Array.isArray(value) ? value.join(', ') : value === undefined || value === null ? '' : String(value)
  if (type === 'BOOLEAN') {
    const on = value === undefined ? declaration.default === true : String(value) === 'true'
    return (
      <>
        <Switch label={label} value={on} onChange={onValue}>
          <span className="text-12">{on ? t.yes : t.no}</span>
        </Switch>
        {fault !== null && <span className="field-error">{fault}</span>}
      </>
    )
  }
  if (numberTypes.has(type))
    return (
      <NumberField
        label={label}
        value={text}
        onChange={(next) => onValue(typed(type, next.trim()))}
        help={note}
        error={fault}
      />
    )
  return (
    <Field
      label={label}
      labelAt="hidden"
      mono={type !== 'STRING'}
      placeholder={type === 'DATE' ? '2026-11-02' : type === 'TIMESTAMP' ? '2026-11-02T08:00:00' : ''}
      value={text}
      help={note}
      error={fault}
      onChange={onValue}
    />
  )
}

function noteOf(declaration: ParameterDeclaration): string | null {
  if (declaration.default !== undefined && declaration.default !== null) {
    const preset = Array.isArray(declaration.default) ? declaration.default.join(', ') : String(declaration.default)
    if (preset !== '') return t.default(preset)
  }
  return declaration.list && declaration.whenEmpty === 'all' ? t.emptyMeansAll : null
}

/** A list entry as JSON carries it: small whole numbers as numbers, everything else as its exact text. */
function typed(type: ParameterDeclaration['type'], text: string): string | number {
  return type === 'INTEGER' && /^-?\d{1,15}$/.test(text) ? Number(text) : text
}

const typeChoices: { value: string; label: string }[] = ParameterType.options.flatMap((type) => [
  { value: type, label: type },
  { value: `list ${type}`, label: t.listOf(type) },
])

function typeOf(chosen: string): Pick<ParameterDeclaration, 'type' | 'list'> {
  return { type: ParameterType.parse(chosen.replace('list ', '')), list: chosen.startsWith('list ') }
}
