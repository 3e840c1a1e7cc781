import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { DeskCheckout, DeskState, Paper } from '../../shared/desk.ts'
import { loadReceipts } from '../receipts.ts'
import { Yen } from '../ui/money.tsx'
import type { DeskClient } from './client.ts'
import { failureSentence, type Sentence } from './failure-words.ts'
import { useDesk } from './text/say.ts'
import './papers.css'

type Drawing = Awaited<ReturnType<typeof loadReceipts>>
const rolls = [58, 80] as const
type Roll = (typeof rolls)[number]

/** Receipt and return receipts of a checkout: shown, and printed on whatever roll the system's printer has. */
export function Papers(props: {
  readonly client: DeskClient
  readonly checkout: DeskCheckout
  readonly state: DeskState
  readonly announce: (text: string) => void
}): ReactNode {
  const { client, checkout, state, announce } = props
  const { checkoutId } = checkout
  const { say } = useDesk()
  const papers = useQuery({
    queryKey: ['papers', checkoutId, state.revision],
    queryFn: () => client.ask('getPapers', { checkoutId }),
    // What was drawn stays until it is drawn anew.
    placeholderData: before => before,
  })
  const [drawing, setDrawing] = useState<Drawing | null>(null)
  const [shown, setShown] = useState<string | null>(null)
  const [told, setTold] = useState<Sentence | null>(null)
  const [isPrinting, setPrinting] = useState(false)
  if (!papers.data || papers.data.length === 0) return null

  const draw = async (): Promise<Drawing> => {
    const loaded = drawing ?? (await loadReceipts())
    setDrawing(loaded)
    return loaded
  }
  const show = async (of: string): Promise<void> => {
    if (shown === of) return setShown(null)
    await draw()
    setShown(of)
  }
  /** Core counts the printing first: a paper that nobody counted could be a second original. */
  const print = async (of: string, roll: Roll): Promise<void> => {
    if (isPrinting) return
    setPrinting(true)
    setTold(null)
    try {
      const { printReceipt } = await draw()
      const answer = await client.call('issuePaper', { checkoutId, of })
      if (!answer.ok) return setTold(failureSentence(answer.failure))
      await printReceipt(answer.value.receipt, roll)
      announce(say('papers.sent'))
    } finally {
      setPrinting(false)
    }
  }
  const notDrawn = (): void => setTold({ key: 'papers.notDrawn' })

  const open = papers.data.find(paper => paper.of === shown)
  return (
    <section>
      <h3 className="h">{say('papers.title')}</h3>
      <ul className="papers">
        {papers.data.map(paper => (
          <li key={paper.of}>
            <span className="papers-name">
              {say(`papers.${paper.receipt.kind}`)} <span className="num">{numberOf(paper)}</span>
            </span>
            <Yen amount={paper.receipt.totalYen} />
            <span className="papers-acts">
              <button
                type="button"
                className="dbtn"
                aria-expanded={shown === paper.of}
                onClick={() => void show(paper.of).catch(notDrawn)}
              >
                {say('papers.show')}
              </button>
              {rolls.map(roll => (
                <button
                  key={roll}
                  type="button"
                  className="dbtn"
                  aria-disabled={isPrinting}
                  onClick={() => void print(paper.of, roll).catch(notDrawn)}
                >
                  {say('papers.print', { roll })}
                </button>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {told && (
        <p className="papers-told" role="alert">
          {say(told.key, told.values)}
        </p>
      )}
      {open && drawing && (
        <div className="papers-card">
          <drawing.ReceiptCard receipt={open.receipt} paperMm={58} />
        </div>
      )}
    </section>
  )
}

function numberOf({ receipt }: Paper): string {
  return receipt.kind === 'sale' ? receipt.receiptNumber : receipt.returnNumber
}
