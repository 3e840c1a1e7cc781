import { World, type WorldOptions, type WorldReport } from './world.ts'

/** Runs worlds to their end, one after the other. `done` is told of each; it answers false to start no more. */
export async function runWorlds(
  worlds: Iterable<WorldOptions>,
  done: (report: WorldReport, options: WorldOptions) => boolean,
): Promise<void> {
  for (const options of worlds) {
    if (!done(await runWorld(options), options)) return
    // Turns of the event loop are not needed in a world; who else lives in this process gets one now and then.
    await new Promise<void>(resolve => setImmediate(resolve))
  }
}

/** Runs one world to its end. */
export async function runWorld(options: WorldOptions): Promise<WorldReport> {
  const world = new World(options)
  while (!world.isOver) {
    world.step()
    await allSettled()
  }
  return world.report()
}

/** Everything that an event sets off is in microtasks, and a tick comes when there are none left. */
function allSettled(): Promise<void> {
  return new Promise(resolve => process.nextTick(resolve))
}
