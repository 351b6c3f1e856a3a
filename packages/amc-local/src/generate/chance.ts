import type { GenerationPlan } from './plan.ts'

/**
 * What every statement of a build may use. Chance is `u(n, salt)`, a uniform number in [0, 1) that depends on the seed, the row and
 * the salt only, so that the same plan gives the same data whatever the number of threads, in every file that is built for it.
 */
export function chanceStatements(plan: GenerationPlan): string[] {
  // 2^42 per seed keeps the numbers of two seeds apart: rows stay below 2^34 and salts below 2^8.
  const seedOffset = BigInt(plan.seed % 1_048_576) * 4_398_046_511_104n
  return [
    `CREATE TEMP MACRO number(n, salt) AS hash(n::BIGINT * 256 + salt + ${seedOffset})`,
    `CREATE TEMP MACRO u(n, salt) AS (number(n, salt) >> 11) / 9007199254740992.0`,
    `CREATE TEMP MACRO pick(list, chance) AS list[1 + floor(chance * len(list))::INTEGER]`,
    // A few people see much and most see little; the linear part keeps the heaviest near fifty times the average.
    `CREATE TEMP MACRO skewed(chance) AS (pow(chance, 3) + 0.02 * chance) / 1.02`,
    // Whether a person bought the brand before the data begins, in the twelve months that new_to_brand looks at.
    `CREATE TEMP MACRO is_customer(person, advertiser_key, customer_share) AS u(person * 16 + advertiser_key, 74) < customer_share`,
    `CREATE TEMP TABLE bounds AS SELECT TIMESTAMP '${plan.endDay} 00:00:00' AS end_dt,
       TIMESTAMP '${plan.endDay} 00:00:00' - INTERVAL ${plan.days} DAY AS start_dt`,
  ]
}
