import QRCode from 'qrcode'
import { type CSSProperties, type ReactNode, useMemo } from 'react'
import './qr.css'

/** PayPay's readers, like all, want four modules of white around. */
const QUIET_MODULES = 4

/** The QR of exactly this text: one path, whole modules, on pure white. */
export function Qr({ text, label }: { text: string; label: string }): ReactNode {
  const { side, path } = useMemo(() => outline(text), [text])
  return (
    <figure className="qr" style={{ '--side': side } as CSSProperties}>
      <svg viewBox={`0 0 ${side} ${side}`} shapeRendering="crispEdges" role="img" aria-label={label}>
        <path fill="var(--qr-light)" d={`M0 0h${side}v${side}H0z`} />
        <path fill="var(--qr-dark)" d={path} />
      </svg>
    </figure>
  )
}

/** `side` in modules, with the quiet zone; each run of dark modules in a row is one box of the path. */
function outline(text: string): { side: number; path: string } {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  let path = ''
  for (let y = 0; y < modules.size; y += 1) {
    let run = 0
    for (let x = 0; x <= modules.size; x += 1) {
      if (x < modules.size && modules.get(y, x)) run += 1
      else if (run > 0) {
        path += `M${x - run + QUIET_MODULES} ${y + QUIET_MODULES}h${run}v1h-${run}z`
        run = 0
      }
    }
  }
  return { side: modules.size + 2 * QUIET_MODULES, path }
}
