import { World, type WorldOptions, type WorldReport } from './world.ts'

/** So many worlds are taken forward side by side: a turn of the event loop costs as much as an event. */
const SIDE_BY_SIDE = 64

/**
 * Runs worlds to their end. They know nothing of each other, so each is the same whether it runs alone or among others. `done` is
 * told of each, in the order in which they end; it answers false to start no more.
 */
export async function runWorlds(
  worlds: Iterator<WorldOptions>,
  done: (report: WorldReport, options: WorldOptions) => boolean,
): Promise<void> {
  const running: { world: World; options: WorldOptions }[] = []
  let goesOn = true
  const start = (): void => {
    while (goesOn && running.length < SIDE_BY_SIDE) {
      const next = worlds.next()
      if (next.done) return
      running.push({ world: new World(next.value), options: next.value })
    }
  }
  start()
  while (running.length > 0) {
    for (const { world } of running) world.step()
    // Everything that an event sets off is in microtasks, and all of them run before the next turn.
    await new Promise<void>(resolve => setImmediate(resolve))
    for (let place = running.length - 1; place >= 0; place -= 1) {
      const entry = running[place]
      if (!entry?.world.isOver) continue
      running.splice(place, 1)
      const report = await entry.world.report()
      if (!done(report, entry.options)) goesOn = false
      start()
    }
  }
}
