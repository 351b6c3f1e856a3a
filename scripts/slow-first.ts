import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What waits long, for processes that are killed and for leases that lapse, and starts several of them. */
const processes = /kill|chaos/
/** What takes longest of the rest. */
const slow = [/runs/, /\.browser\./, /flows/]
/** So many others come between two of the first kind: side by side they would take each other's time away. */
const between = 3

/** Begins the slowest files first, and keeps those with many processes apart. */
export default class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = slow.findIndex((pattern) => pattern.test(moduleId))
      return found === -1 ? slow.length : found
    }
    const sorted = await super.sort(files)
    const many = sorted.filter(({ moduleId }) => processes.test(moduleId))
    const others = sorted.filter(({ moduleId }) => !processes.test(moduleId)).toSorted((a, b) => rank(a) - rank(b))
    return [...many.flatMap((file) => [file, ...others.splice(0, between)]), ...others]
  }
}
