const { contextBridge, ipcRenderer } = require('electron')

// Of this world alone.
globalThis.ofThePreload = true

/** Made here, so that nothing but the bridge between preload and main is under test. */
const made = {
  nothing: () => undefined,
  numbers: () => [Number.NaN, Number.POSITIVE_INFINITY, -0, 10n],
  date: () => new Date(0),
  map: () => new Map([['a', [undefined]]]),
  set: () => new Set([1]),
  bytes: () => Uint8Array.from([0, 255]),
  field: () => ({ a: undefined, b: null }),
  function: () => () => undefined,
}

/** A value in words that JSON has no part in. */
function inWords(value) {
  if (Array.isArray(value)) return `[${value.map(inWords).join(' ')}]`
  if (value instanceof Map) return `Map(${[...value].map(inWords).join(' ')})`
  if (value instanceof Set) return `Set(${[...value].map(inWords).join(' ')})`
  if (value instanceof Date) return `Date(${value.getTime()})`
  if (value instanceof Uint8Array) return `bytes(${[...value].join(' ')})`
  if (Object.is(value, -0)) return '-0'
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, one]) => `${key}: ${inWords(one)}`)
      .join(' ')}}`
  return String(value)
}

const asked = (channel, ...args) =>
  ipcRenderer.invoke(channel, ...args).then(inWords, error => `${error.name}: ${error.message}`)

const heard = []
const hears = (_event, ...args) => heard.push(inWords(args))
ipcRenderer.on('told', hears)

contextBridge.exposeInMainWorld('probe', {
  echo: kind => asked('echo', made[kind]()),
  asks: channel => asked(channel),
  sends: (...args) => ipcRenderer.send('sent', ...args),
  seesOfThePage: name => typeof globalThis[name],
  heard: () => heard,
  stopsHearing: () => void ipcRenderer.off('told', hears),
  calls: callback => callback('called', 1),
  throws() {
    throw new RangeError('too far')
  },
  rejects: () => Promise.reject(new RangeError('too far')),
  requires(name) {
    try {
      return typeof require(name)
    } catch {
      return 'refused'
    }
  },
  deep: { list: [1] },
})
