import type { GenerationPlan } from './plan.ts'
import type { ViewPlans } from './view-plan.ts'

/** What one DuckDB file holds: how its stored tables are made, and the tables that queries see. */
export interface GeneratedFile {
  /** Run in this order; the first creates the schema `store`. Files other than the base see the base as `base.store`. */
  statements(plan: GenerationPlan): string[]
  views: ViewPlans
}
