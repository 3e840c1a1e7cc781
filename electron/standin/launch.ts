import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

/**
 * `node launch.ts MAIN-BUNDLE …`: runs the bundle, for which `import … from 'electron'` finds the doubles. Nothing else is touched. It is
 * a program and no `--import`, which the till refuses where money is real: main judges its own start here as everywhere.
 */
const double = new URL('electron.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: double, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})

const [program = '', _launch, bundle = '', ...args] = process.argv
process.argv = [program, bundle, ...args]
await import(pathToFileURL(bundle).href)
