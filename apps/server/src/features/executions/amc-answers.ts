import type { AnswerAsCame } from '@recomamp/amc-client'
import type { AmcExecution } from '@recomamp/amc-wire'
import type { AmcAnswer } from '@recomamp/contracts'
import { type RawBuilder, sql } from 'kysely'

/** What AMC said about a run, out of an answer that told more than that. */
export function answerAbout(about: AmcAnswer['about'], { raw }: Pick<AmcExecution, 'raw'>, now: Date): AmcAnswer {
  return { at: now.toISOString(), about, status: null, headers: {}, body: JSON.stringify(raw) }
}

/** An answer that refused a call, whole; none where there was none. */
export function refusedAnswer(about: AmcAnswer['about'], answer: AnswerAsCame | null, now: Date): AmcAnswer[] {
  return answer === null ? [] : [{ at: now.toISOString(), about, ...answer, headers: { ...answer.headers } }]
}

/** The kept answers of a row with these behind them. */
export function withAnswers(answers: readonly AmcAnswer[]): RawBuilder<string> {
  return sql<string>`amc_answers || ${JSON.stringify(answers)}::jsonb`
}
