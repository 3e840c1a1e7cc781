import { useEffect } from 'react'

/** What somebody presses to get to a shot. A selector: it is waited for and pressed. `see`: it is only waited for. `keys`: typed where the keyboard is. */
export type Step =
  | string
  | { readonly see: string }
  /** Scrolled to. */
  | { readonly show: string }
  | { readonly keys: string | readonly string[] }
  | { readonly write: string }
  /** Scrolled to. */
  | { readonly to: string }

/** Walks there when the shot is drawn, and says on the document when it is there. */
export function useSteps(name: string, steps: readonly Step[]): void {
  useEffect(() => {
    let isOver = false
    delete document.documentElement.dataset.drawn
    walk(steps, () => isOver).then(
      () => {
        if (!isOver) document.documentElement.dataset.drawn = name
      },
      () => {},
    )
    return () => {
      isOver = true
    }
  }, [name, steps])
}

async function walk(steps: readonly Step[], isOver: () => boolean): Promise<void> {
  for (const step of steps) {
    if (isOver()) return
    if (typeof step === 'string') (await seen(step, isOver))?.click()
    else if ('see' in step) await seen(step.see, isOver)
    else if ('to' in step) (await seen(step.to, isOver))?.scrollIntoView()
    else if ('show' in step) (await seen(step.show, isOver))?.scrollIntoView({ block: 'center' })
    else if ('keys' in step) {
      for (const key of step.keys) {
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
        )
        await frame()
      }
    } else write(step.write)
    await frame()
  }
  await frame()
}

async function seen(selector: string, isOver: () => boolean): Promise<HTMLElement | null> {
  for (;;) {
    const element = document.querySelector<HTMLElement>(selector)
    if (element || isOver()) {
      if (element?.matches('input')) element.focus()
      return element
    }
    await frame()
  }
}

/** As a hand would: React listens to the event, not to the value. */
function write(text: string): void {
  const field = document.activeElement
  if (!(field instanceof HTMLInputElement)) return
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

function frame(): Promise<void> {
  return new Promise(resolve => requestAnimationFrame(() => resolve()))
}
