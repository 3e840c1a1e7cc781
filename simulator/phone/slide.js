// Slide to pay. A finger that lets go before the end has not paid; a key that reaches the end has.

/** `input` is a range from 0 to 100. Returns a function that puts the knob back. */
export function makeSlide(input, onEnd) {
  const set = value => {
    input.value = String(value)
    input.parentElement.style.setProperty('--way', String(value / 100))
  }
  const finish = () => {
    if (Number(input.value) < 95) return set(0)
    set(100)
    onEnd()
  }
  input.addEventListener('input', () => set(Number(input.value)))
  input.addEventListener('pointerdown', event => {
    // A tap far from the knob would make it jump there: that is not a slide.
    if (event.offsetX > input.clientHeight * 1.2) event.preventDefault()
  })
  input.addEventListener('pointerup', finish)
  input.addEventListener('pointercancel', () => set(0))
  input.addEventListener('keyup', event => {
    if (event.key === 'Enter') set(100)
    if (Number(input.value) === 100) finish()
  })
  return () => set(0)
}
