import { parseArgs, type ParseArgsConfig } from 'node:util'
import { nearestName } from '@recomamp/amc-sql'
import { UsageError } from './command-failed.ts'

type Options = NonNullable<ParseArgsConfig['options']>
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true; strict: true }>>

/** Reads options and positionals; whatever does not fit is a UsageError that names the option, and the nearest one that exists. */
export function parseOptions<const O extends Options>(args: string[], options: O): Parsed<O> {
  const { tokens } = parseArgs({ args, options, allowPositionals: true, strict: false, tokens: true })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined
    if (option === undefined) throw unknownOption(token.rawName, [...Object.keys(options), 'help'])
    if (option.type === 'boolean' && token.value !== undefined) throw new UsageError(`${token.rawName} takes no value`)
    if (option.type === 'string' && (token.value === undefined || (!token.inlineValue && isOption(token.value))))
      throw new UsageError(
        `${token.rawName} needs a value` +
          (token.value === undefined ? '' : `; one that begins with a dash is written ${token.rawName}=${token.value}`),
      )
  }
  return parseArgs({ args, options, allowPositionals: true, strict: true })
}

function isOption(text: string): boolean {
  return text.length > 1 && text.startsWith('-')
}

function unknownOption(written: string, known: readonly string[]): UsageError {
  const nearest = nearestName(written.replace(/^-+/, ''), known)
  return new UsageError(
    `There is no option ${written}${nearest === null ? '; --help lists them' : `; did you mean --${nearest}?`}`,
  )
}
