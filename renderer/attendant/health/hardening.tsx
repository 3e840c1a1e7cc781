import type { ReactNode } from 'react'
import type { HardeningFinding, HardeningState } from '../../../shared/hardening.ts'
import { hardeningInWords } from '../../../shared/hardeningWords.ts'
import type { Tone, WordShape } from '../row-words.ts'
import { Shape } from '../shapes.tsx'
import { useDesk } from '../text/say.ts'

const looks: Readonly<
  Record<HardeningState, { readonly shape: WordShape; readonly tone: Tone; readonly order: number }>
> = {
  open: { shape: 'alarm', tone: 'case', order: 0 },
  hardened: { shape: 'check', tone: 'done', order: 1 },
  unseen: { shape: 'none', tone: 'none', order: 2 },
}

/** What the doctor says of the machine; what is to be done comes first. */
export function Hardening({ findings }: { readonly findings: readonly HardeningFinding[] }): ReactNode {
  const { locale, say } = useDesk()
  const open = findings.filter(({ state }) => state === 'open').length
  const sorted = findings.toSorted((a, b) => looks[a.state].order - looks[b.state].order)
  return (
    <section className="wide">
      <h3>{open === 0 ? say('health.hardening') : say('health.hardeningOpen', { number: open })}</h3>
      <ul className="hardening">
        {sorted.map(finding => {
          const { title, says, advice } = hardeningInWords(finding, locale)
          const { shape, tone } = looks[finding.state]
          return (
            <li key={finding.check}>
              <p className={`st st-${tone}`}>
                <Shape shape={shape} />
                <span>{title}</span>
              </p>
              <p className={finding.state === 'unseen' ? 'is-quiet' : ''}>
                {says}
                {finding.state === 'open' && advice !== null && <b>{advice}</b>}
              </p>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
