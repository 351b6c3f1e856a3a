import type { Instance, ParameterDeclaration, WorkflowContent } from '@recomamp/contracts'
import { ParameterType } from '@recomamp/contracts'
import { workbench } from '#messages/workbench.ts'
import { LinkButton } from '#ui/button.tsx'
import { Field } from '#ui/field.tsx'
import { NumberField } from '#ui/number-field.tsx'
import { Select } from '#ui/select.tsx'
import { Switch } from '#ui/switch.tsx'
import { kindOf } from './known-values.ts'
import { type KnownFrom, ListValue } from './list-value.tsx'
import { valueFault } from './parameter-value.ts'

const t = workbench.parameters
type Values = WorkflowContent['values']
type Value = Values[string]

interface ParametersFormProps {
  declarations: readonly ParameterDeclaration[]
  uses: ReadonlyMap<string, readonly unknown[]>
  /** The columns that parameters are compared with, where the text tells. */
  toldBy: ReadonlyMap<string, string>
  /** Where the query runs; lists are chosen from what it has. */
  instance: Instance | null
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
  const { declaration, values, uses, toldBy, instance, guessed, onValue, onDeclare, onJump } = props
  const { name } = declaration
  const kind = kindOf(declaration, toldBy.get(name) ?? null)
  const value = values[name]
  const fault = valueFault(declaration, value)
  const note = noteOf(declaration)
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-1">
        <span className="-ml-1 flex max-w-full min-w-0 flex-auto" title={name}>
          <LinkButton aria-label={t.jump(name)} onPress={() => onJump(name)}>
            <span className="parameter-pill cut">{name}</span>
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
        known={kind === null || instance === null ? null : { kind, instance }}
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
  /** What a list is chosen from. */
  known?: KnownFrom | null
  onValue: (value: Value) => void
}

/** The field of one parameter's value, by its type. */
export function ValueWidget({ declaration, value, fault, note, known = null, onValue }: ValueWidgetProps) {
  const { name, type } = declaration
  const label = t.value(name)
  if (declaration.list)
    return (
      <ListValue
        {...{ declaration, value, fault, note, known }}
        onChange={(next) => onValue(next.map((each) => typed(type, each)))}
      />
    )
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
