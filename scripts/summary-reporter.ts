import type { Reporter, TestModule } from 'vitest/node'

/** Ends a run with one plain line that programs can read: `120 passed, 0 failed`. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    for (const module of modules) for (const test of module.children.allTests()) counts[test.result().state] += 1
    const failed = counts.failed + modules.filter((module) => module.errors().length > 0).length
    const skipped = counts.skipped + counts.pending
    process.stdout.write(`\n${counts.passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
  }
}
