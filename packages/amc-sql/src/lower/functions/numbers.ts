import { arg, calls, type FunctionLowering } from './lowering.ts'

export const numberLowerings: Readonly<Record<string, FunctionLowering>> = {
  ABS: calls('abs'),
  CEIL: calls('ceil'),
  CEILING: calls('ceil'),
  FLOOR: calls('floor'),
  ROUND: calls('round'),
  TRUNC: calls('trunc'),
  EXP: calls('exp'),
  LN: (call) => `ln(nullif(greatest(${arg(call, 0)}, 0), 0))`,
  LOG10: (call) => `log10(nullif(greatest(${arg(call, 0)}, 0), 0))`,
  SQRT: (call) => `CASE WHEN ${arg(call, 0)} < 0 THEN NULL ELSE sqrt(${arg(call, 0)}) END`,
  POWER: calls('power'),
  LOG: calls('log'),
  MOD: (call) => `(${arg(call, 0)} % nullif(${arg(call, 1)}, 0))`,
  E: () => 'exp(1)',
  RANDOM: calls('random'),
}
