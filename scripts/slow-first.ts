import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What waits long, for processes that are killed and for leases that lapse, and starts several of them. */
const processes = /kill|chaos/
/** What takes longest of the rest. */
const slow = [/runs/, /\.browser\./, /flows/]
/** What one repetition of a request must be enough for, which it is not while others take the machine. */
const quiet = /chaos\/steady/
/** So many others come between two of the first kind: side by side they would take each other's time away. */
const between = 3

/** Begins the slowest files first, keeps those with many processes apart, and ends with what needs the machine for itself. */
export default class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = slow.findIndex((pattern) => pattern.test(moduleId))
      return found === -1 ? slow.length : found
    }
    const sorted = await super.sort(files)
    const {
      last = [],
      many = [],
      others = [],
    } = Object.groupBy(sorted, ({ moduleId }) =>
      quiet.test(moduleId) ? 'last' : processes.test(moduleId) ? 'many' : 'others',
    )
    const rest = others.toSorted((a, b) => rank(a) - rank(b))
    return [...many.flatMap((file) => [file, ...rest.splice(0, between)]), ...rest, ...last]
  }
}
