import { type ReactNode, useState } from 'react'
import { LOCALES, localText } from '../../../shared/checkout.ts'
import type { CatalogueDocument } from '../../../shared/shopDocuments.ts'
import { Mark } from '../shapes.tsx'
import { useDesk } from '../text/say.ts'
import { Field, SaveFoot, type Told, toldOf } from '../upkeep/parts.tsx'
import type { SaveCatalogue } from './catalogue.tsx'
import { freeId, localTextOf, textsOf } from './draft.ts'
import { MoveButtons, useFocusOnMove } from './move-buttons.tsx'
import { moved } from './order.ts'

/** The shelves of the menu. One that has products on it is not taken away. */
export function Categories(props: {
  readonly document: CatalogueDocument
  readonly onSave: SaveCatalogue
  readonly back: ReactNode
}): ReactNode {
  const { document, onSave } = props
  const { locale, say } = useDesk()
  const [drafts, setDrafts] = useState(() =>
    document.categories.map(({ id, names }) => ({ id, names: textsOf(names) })),
  )
  const [told, setTold] = useState<Told | null>(null)
  const [isAsking, setAsking] = useState(false)
  const { list, note } = useFocusOnMove()
  const isWrong = drafts.some(one => one.names.ja.trim() === '')
  const save = async (): Promise<void> => {
    if (isWrong || isAsking) return
    setAsking(true)
    const categories = drafts.map(({ id, names }) => ({ id, names: localTextOf(names) }))
    const failure = await onSave({ ...document, categories })
    setAsking(false)
    setTold(failure ? toldOf(failure) : { good: true, sentence: { key: 'up.saved' } })
  }
  const add = (): void => {
    const ids = new Set(drafts.map(one => one.id))
    setDrafts([...drafts, { id: freeId('shelf', ids), names: textsOf(null) }])
  }
  return (
    <>
      <div className="upkeep-body" ref={list}>
        {props.back}
        <h2>{say('cat.categories')}</h2>
        {drafts.map((draft, index) => {
          const name = localText(localTextOf(draft.names), locale)
          const isEmpty = !document.products.some(one => one.category === draft.id)
          return (
            <section className="upkeep-section" key={draft.id}>
              <div className="category-head">
                <h3>{name}</h3>
                <MoveButtons
                  id={draft.id}
                  name={name}
                  at={index}
                  count={drafts.length}
                  onMove={(id, by) => {
                    note(id, by)
                    setDrafts([...moved(drafts, id, by)])
                  }}
                />
              </div>
              <div className="upkeep-pairs">
                {LOCALES.map(language => (
                  <Field
                    key={language}
                    name={`categories.${index}.${language}`}
                    label={say(`up.lang.${language}`)}
                    value={draft.names[language]}
                    most={60}
                    onValue={text =>
                      setDrafts(
                        drafts.map(one =>
                          one === draft ? { ...one, names: { ...one.names, [language]: text } } : one,
                        ),
                      )
                    }
                    fault={language === 'ja' && draft.names.ja.trim() === '' ? say('up.fault.needed') : null}
                  />
                ))}
              </div>
              {isEmpty && drafts.length > 1 && (
                <button
                  type="button"
                  className="dbtn outlined remove"
                  onClick={() => setDrafts(drafts.filter(one => one !== draft))}
                >
                  {say('cat.removeCategory', { name })}
                </button>
              )}
            </section>
          )
        })}
        <button type="button" className="dbtn outlined remove" onClick={add}>
          <Mark name="plus" />
          {say('cat.addCategory')}
        </button>
      </div>
      <SaveFoot told={told} isAsking={isAsking} isWrong={isWrong} save={save} label={say('up.save')} />
    </>
  )
}
