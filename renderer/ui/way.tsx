import type { ReactNode } from 'react'
import './way.css'

/** Money's way in three places; `at`: the one where it is, from 1. */
export function Way({ places, at }: { places: readonly [string, string, string]; at: 1 | 2 | 3 }): ReactNode {
  return (
    <ol className="way" data-at={at}>
      {places.map((place, index) => (
        <li key={place} className={index + 1 < at ? 'is-past' : index + 1 === at ? 'is-now' : ''}>
          {place}
        </li>
      ))}
    </ol>
  )
}
