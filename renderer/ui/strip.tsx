import type { ReactNode } from 'react'
import { Crest } from './icons.tsx'
import './strip.css'

/** A column of more letters is not to be read from where a customer stands. */
const MOST_LETTERS = 5

/**
 * For a product without a picture: its Japanese name, hung up. The name is written beside it too, so this is not read out, and
 * where the name would have to be cut the shop's crest hangs instead.
 */
export function Strip({ name }: { name: string }): ReactNode {
  const columns = columnsOf(name)
  const longest = Math.max(...columns.map(column => [...column].length))
  return (
    <div className={`strip ${longest > 4 ? 'is-long' : ''}`} lang="ja" aria-hidden="true">
      {columns.length > 0 && (
        <div className="paper is-name">
          {columns.map(column => (
            <span key={column}>{column}</span>
          ))}
        </div>
      )}
      <div className={`paper ${columns.length > 0 ? 'is-small' : ''}`}>
        <Crest />
      </div>
    </div>
  )
}

const words = new Intl.Segmenter('ja', { granularity: 'word' })

/** One column, or two that part between words as evenly as they can; none when that is still too long. */
function columnsOf(name: string): readonly string[] {
  const fits = (part: string): boolean => [...part].length <= MOST_LETTERS
  if (fits(name)) return [name]
  const cuts = [...words.segment(name)]
    .map(({ index }) => [name.slice(0, index).trim(), name.slice(index).trim()] as const)
    .filter(([one, other]) => one !== '' && other !== '' && fits(one) && fits(other))
  const unevenness = ([one, other]: readonly [string, string]): number =>
    Math.abs([...one].length - [...other].length)
  return cuts.toSorted((one, other) => unevenness(one) - unevenness(other))[0] ?? []
}
