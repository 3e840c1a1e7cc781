import { type ReactNode, useState } from 'react'
import type { TimelineStep, TimelineWhat } from '../../shared/desk.ts'
import { caseReason } from './case-words.ts'
import { timeWithSeconds } from './days.ts'
import { sentenceKey, timelineLines } from './steps.ts'
import { type DeskSay, useDesk } from './text/say.ts'
import './timeline.css'

/** What happened, in sentences; what PayPay answered is folded away under each. */
export function Timeline({ steps }: { steps: readonly TimelineStep[] }): ReactNode {
  const { say } = useDesk()
  const [shows, setShows] = useState(false)
  const lines = timelineLines(steps)
  return (
    <section>
      <div className="tl-head">
        <h3 className="h">{say('one.timeline')}</h3>
        {lines.some(line => line.said.length > 0) && (
          <button type="button" className="dbtn quiet" aria-expanded={shows} onClick={() => setShows(!shows)}>
            {say(shows ? 'one.hideAnswers' : 'one.showAnswers')}
          </button>
        )}
      </div>
      <ol className="tl">
        {lines.map(line => (
          <li key={line.seq} className={`is-${line.mark}`}>
            <time>{timeWithSeconds(line.atMs)}</time>
            <i />
            <div>
              {line.mark === 'plain' ? sentence(line.what, say) : <b>{sentence(line.what, say)}</b>}
              {line.mark === 'paid' && <small> {say('step.completedHint')}</small>}
              {line.times > 1 && <small> {say('times', { number: line.times })}</small>}
              {shows &&
                line.said.map(({ httpStatus, code, requestId }, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: answers are only ever added
                  <p className="said num" key={index}>
                    {say('one.answer', {
                      status: httpStatus ?? '–',
                      code: code ?? '–',
                      requestId: requestId ?? '–',
                    })}
                  </p>
                ))}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The sentence of one step. */
export function sentence(what: TimelineWhat, say: DeskSay): string {
  const values: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(what))
    if (typeof value === 'string' || typeof value === 'number') values[name] = value
  if (what.kind === 'moneyBackDecided') values.reasonWord = say(`reason.${what.reason}`)
  if (what.kind === 'caseOpened') values.why = caseReason(what.why, say)
  return say(sentenceKey(what), values)
}
