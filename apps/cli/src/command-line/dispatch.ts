import { nearestName } from '@recomamp/amc-sql'
import { UsageError } from './command-failed.ts'
import type { Command, Session } from './session.ts'

/** Commands under one word. Each is loaded when it is used: what another one needs must not slow it down. */
export interface CommandGroup {
  /** What stands before the command, such as `recomamp sql`. */
  readonly words: string
  readonly help: string
  readonly commands: Readonly<Record<string, () => Promise<Command>>>
}

/** The group as a command: runs the one that its first argument names, and prints help where it is asked for. */
export function commandOf(group: CommandGroup): Command {
  return { run: async ([word, ...rest], session) => dispatch(group, word, rest, session) }
}

async function dispatch(
  group: CommandGroup,
  word: string | undefined,
  rest: string[],
  session: Session,
): Promise<number> {
  if (word === undefined) throw new UsageError(`${group.words} needs a command\n\n${group.help.trimEnd()}`)
  if (asksForHelp([word])) return print(session, group.help)
  const load = Object.hasOwn(group.commands, word) ? group.commands[word] : undefined
  if (load === undefined) throw unknownWord(group, word)
  const command = await load()
  return command.run(rest, session)
}

function asksForHelp(args: readonly string[]): boolean {
  return args.includes('--help') || args.includes('-h')
}

/** A command that does one thing, with its help. */
export function leaf(help: string, run: Command['run']): Command {
  return { run: async (args, session) => (asksForHelp(args) ? print(session, help) : run(args, session)) }
}

async function print(session: Session, text: string): Promise<number> {
  await session.stdout.write(text)
  return 0
}

function unknownWord(group: CommandGroup, word: string): UsageError {
  const kind = word.startsWith('-') ? 'option' : 'command'
  const nearest = nearestName(word, kind === 'option' ? ['--help', '--version'] : Object.keys(group.commands))
  const hint = nearest === null ? `; ${group.words} --help lists them` : `; did you mean ${nearest}?`
  return new UsageError(`${group.words} has no ${kind} ${word}${hint}`)
}
