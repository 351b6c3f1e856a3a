import { arg, calls, type FunctionLowering } from './lowering.ts'

/** NULL as soon as one input is NULL, where DuckDB would skip it. */
const extreme =
  (duckName: string): FunctionLowering =>
  (call) => {
    const absent = call.args.map((value) => `${value} IS NULL`).join(' OR ')
    return `CASE WHEN ${absent} THEN NULL ELSE ${duckName}(${call.args.join(', ')}) END`
  }

export const conditionLowerings: Readonly<Record<string, FunctionLowering>> = {
  COALESCE: calls('coalesce'),
  IFNULL: calls('coalesce'),
  NVL: calls('coalesce'),
  NULLIF: calls('nullif'),
  IF: (call) => `CASE WHEN ${arg(call, 0)} THEN ${arg(call, 1)} ELSE ${arg(call, 2)} END`,
  NVL2: (call) => `CASE WHEN ${arg(call, 0)} IS NOT NULL THEN ${arg(call, 1)} ELSE ${arg(call, 2)} END`,
  GREATEST: extreme('greatest'),
  LEAST: extreme('least'),
  CONTAINED_IN: (call) => `(${arg(call, 0)} IN (${call.args.slice(1).join(', ')}))`,
}
