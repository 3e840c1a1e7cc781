import { type ReactNode, useState } from 'react'
import { LOCALES, localText } from '../../../shared/checkout.ts'
import type { CatalogueDocument } from '../../../shared/shopDocuments.ts'
import type { DeskClient } from '../client.ts'
import { useDesk } from '../text/say.ts'
import { Choice, Field, SaveFoot, Select, type Told, toldOf } from '../upkeep/parts.tsx'
import type { SaveCatalogue } from './catalogue.tsx'
import { faultsOf, type ProductDraft, previewOf, saidOf, withProduct } from './draft.ts'
import { PictureField } from './picture.tsx'

/** One product: checked as it is typed, kept with one press. */
export function ProductForm(props: {
  readonly client: DeskClient
  readonly document: CatalogueDocument
  readonly start: ProductDraft
  readonly isNew: boolean
  readonly onSave: SaveCatalogue
  readonly onDone: (id: string | null) => void
  readonly back: ReactNode
}): ReactNode {
  const { document, start, isNew, onSave } = props
  const { locale, say } = useDesk()
  const [draft, setDraft] = useState(start)
  const [isTouched, setTouched] = useState(!isNew)
  const [told, setTold] = useState<Told | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const [isAsking, setAsking] = useState(false)
  const [isRemoving, setRemoving] = useState(false)
  const change = (changes: Partial<ProductDraft>): void => setDraft({ ...draft, ...changes })
  const faults = faultsOf(draft, document)
  const faultOf = (field: keyof typeof faults): string | null => {
    const fault = faults[field]
    return isTouched && fault ? say(fault.key, fault.values) : null
  }
  const isWrong = Object.keys(faults).length > 0
  const preview = previewOf(draft)

  const keep = async (changed: CatalogueDocument): Promise<boolean> => {
    setAsking(true)
    const failure = await onSave(changed)
    setAsking(false)
    setTold(failure ? toldOf(failure) : { good: true, sentence: { key: 'cat.sold' } })
    setSaid(failure?.kind === 'badDocument' ? saidOf(failure.faults, changed, draft.id) : null)
    return failure === null
  }
  const save = async (): Promise<void> => {
    setTouched(true)
    if (isWrong || isAsking) return
    if (await keep(withProduct(document, draft))) props.onDone(draft.id)
  }
  const remove = async (): Promise<void> => {
    if (!isRemoving) return setRemoving(true)
    const products = document.products.filter(one => one.id !== draft.id)
    if (await keep({ ...document, products })) props.onDone(null)
  }
  return (
    <>
      <div className="upkeep-body">
        {props.back}
        <h2>
          {isNew
            ? say('cat.new')
            : localText(document.products.find(one => one.id === start.id)?.names ?? { ja: '' }, locale)}
        </h2>
        <div className="upkeep-pairs">
          {LOCALES.map(language => (
            <Field
              key={language}
              name={`names.${language}`}
              label={`${say('cat.names')} (${say(`up.lang.${language}`)})`}
              value={draft.names[language]}
              most={100}
              onValue={text => change({ names: { ...draft.names, [language]: text } })}
              fault={faultOf(language)}
            />
          ))}
        </div>
        <div className="upkeep-pairs">
          <Field
            name="priceYen"
            kind="number"
            label={say('cat.price')}
            value={draft.price}
            most={14}
            onValue={price => change({ price })}
            fault={
              faultOf('priceYen') ??
              (draft.price !== '' && faults.priceYen
                ? say(faults.priceYen.key, faults.priceYen.values)
                : null)
            }
          />
          <Select
            name="category"
            label={say('cat.category')}
            options={document.categories.map(one => [one.id, localText(one.names, locale)] as const)}
            value={draft.category}
            onValue={category => change({ category })}
            fault={faultOf('category')}
          />
        </div>
        <Choice
          name="taxRate"
          legend={say('cat.tax')}
          options={[
            ['8', say('cat.tax8')],
            ['10', say('cat.tax10')],
          ]}
          chosen={draft.taxRate === 8 ? '8' : '10'}
          onChoose={rate => change({ taxRate: rate === '8' ? 8 : 10 })}
        />
        <Choice
          name="available"
          legend={say('cat.availability')}
          options={[
            ['yes', say('cat.available')],
            ['no', say('cat.soldOut')],
          ]}
          chosen={draft.available ? 'yes' : 'no'}
          onChoose={chosen => change({ available: chosen === 'yes' })}
        />
        <p className="price-preview num" aria-live="polite">
          {preview ? say('cat.preview', preview) : ''}
        </p>
        <PictureField
          name="image"
          label={say('cat.picture')}
          client={props.client}
          image={draft.image}
          onImage={image => change({ image })}
        />
        {said && <p className="field-fault said">{said}</p>}
        {!isNew && document.products.length > 1 && (
          <button
            type="button"
            className={`dbtn outlined remove ${isRemoving ? 'is-sure' : ''}`}
            onClick={() => {
              remove().catch(() => {})
            }}
          >
            {say(isRemoving ? 'cat.reallyRemove' : 'cat.remove')}
          </button>
        )}
      </div>
      <SaveFoot told={told} isAsking={isAsking} isWrong={isWrong} save={save} label={say('up.save')} />
    </>
  )
}
