import { type ReactNode, useEffect, useRef } from 'react'
import { useText } from '../text/i18n.ts'
import { Aside, Go } from '../ui/button.tsx'
import { Foot } from '../ui/frame.tsx'
import { Notice } from '../ui/notice.tsx'
import { Ring } from '../ui/ring.tsx'
import type { ReceiptProps } from './props.ts'
import './receipt-sheet.css'

/** Of the card, whatever the printer's roll: the narrow form has room on every screen. */
export const CARD_PAPER_MM = 58

/** The receipt, drawn up over the thank-you: the card scrolls, the foot stays where it is on every screen. */
export function ReceiptSheet(props: ReceiptProps): ReactNode {
  const { shop, checkout, card, countdown, printing, settling, send } = props
  const say = useText()
  const sheet = useRef<HTMLDivElement>(null)
  useEffect(() => sheet.current?.focus(), [])
  const canPrint = shop.receiptPaperMm !== null
  const isPrinting = printing === 'printing'
  return (
    <div className="over">
      <div
        className="receipt-sheet"
        role="dialog"
        aria-modal="true"
        aria-label={say('act.receipt')}
        aria-describedby="receipt-words"
        tabIndex={-1}
        ref={sheet}
        onKeyDown={({ key }) => key === 'Escape' && send({ type: 'customer.closeReceipt' })}
      >
        <div className="stage">
          {card}
          {/* One sentence, the newest: the panel has room for no more. */}
          <div className="receipt-words" id="receipt-words">
            {(printing === 'ready' || isPrinting) && (
              <p>{say('receipt.again', { number: checkout.claimNumber })}</p>
            )}
            <p className="is-done" role="status">
              {printing === 'sent' && say('receipt.sent')}
            </p>
            <Notice notice={printing === 'notPrinted' ? { key: 'receipt.notPrinted' } : null} />
          </div>
        </div>
        <div style={{ display: 'contents' }} inert={settling}>
          <Foot
            screen={props}
            out={
              canPrint && (
                <Aside
                  icon="printer"
                  waiting={isPrinting}
                  onPress={() => send({ type: 'customer.printReceipt' })}
                >
                  {say(isPrinting ? 'act.printing' : 'act.print')}
                </Aside>
              )
            }
            go={
              <Go onPress={() => send({ type: 'customer.closeReceipt' })}>
                <Ring countdown={countdown}>{say('act.close')}</Ring>
              </Go>
            }
          />
        </div>
      </div>
    </div>
  )
}
