import { registerHooks } from 'node:module'

/** Loaded before the main bundle: `import … from 'electron'` finds the doubles. Nothing else is touched. */
const double = new URL('electron.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: double, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})
