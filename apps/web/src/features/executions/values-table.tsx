import type { Execution } from '@recomamp/contracts'
import { executions as t } from '#messages/executions.ts'
import { valueInWords } from './value-words.ts'

/** The parameters of the text that ran, with the values that were given, or the defaults that stood in for them. */
export function ValuesTable({ execution }: { execution: Execution }) {
  const { parameters, values } = execution
  const names = [...new Set([...parameters.map((each) => each.name), ...Object.keys(values)])]
  if (names.length === 0) return <p className="text-text-2 px-6 py-4">{t.noValues}</p>
  return (
    <table className="rows max-w-[1000px]">
      <thead>
        <tr>
          <th style={{ width: '240px' }}>{t.valueColumns.name}</th>
          <th style={{ width: '132px' }}>{t.valueColumns.type}</th>
          <th>{t.valueColumns.value}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => {
          const declaration = parameters.find((each) => each.name === name)
          const value = values[name]
          return (
            <tr key={name}>
              <td>
                <span className="parameter-pill">{name}</span>
              </td>
              <td className="mono text-text-2">
                {declaration === undefined ? '' : t.typeOf(declaration.type, declaration.list)}
              </td>
              <td className="whitespace-normal!">
                {value === undefined ? (
                  <span className="text-text-2">
                    {declaration?.default === undefined
                      ? t.valueColumns.none
                      : t.valueColumns.default(valueInWords(declaration.default))}
                  </span>
                ) : (
                  <span className="mono">{valueInWords(value)}</span>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
