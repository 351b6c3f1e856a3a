import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What waits longest, for processes that are killed and for leases that lapse; begun last it would run alone at the end. */
const slow = [/kill/, /chaos/, /runs/, /\.browser\./, /flows/]

/** Begins the slowest files first. */
export default class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = slow.findIndex((pattern) => pattern.test(moduleId))
      return found === -1 ? slow.length : found
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
