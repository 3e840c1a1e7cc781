import type { FastifyInstance } from 'fastify'
import type { Simulator } from '../simulator.ts'
import { userChange } from './views.ts'

/** The control endpoints about users and what they are asked. */
export function addAccountsControl(app: FastifyInstance, simulator: Simulator): void {
  app.get('/_simulator/asks', () => simulator.asks())
  app.post<{ Params: { askId: string; answer: string } }>(
    '/_simulator/asks/:askId/:answer',
    (request, reply) => {
      const { askId, answer } = request.params
      const { userId = null } = (request.body ?? {}) as { userId?: string | null }
      if (answer !== 'accept' && answer !== 'refuse')
        return reply.code(404).send({ error: `a person cannot ${answer}; they can accept and refuse` })
      const result = simulator.answer(askId, answer, userId)
      return reply.code(result.done ? 200 : result.outcome === 'unknownAsk' ? 404 : 409).send(result)
    },
  )

  app.get('/_simulator/users', () => simulator.users())
  app.put<{ Params: { userId: string } }>('/_simulator/users/:userId', (request, reply) => {
    const { userId } = request.params
    const problems = /^[A-Za-z0-9_-]{1,64}$/.test(userId)
      ? []
      : ['userId: 1 to 64 letters, digits, hyphens or underscores']
    const change = userChange.safeParse(request.body)
    if (!change.success)
      problems.push(...change.error.issues.map(issue => `user.${issue.path.join('.')}: ${issue.message}`))
    if (problems.length > 0 || !change.success)
      return reply.code(400).send({ error: problems.join('; '), problems })
    const named = Object.fromEntries(Object.entries(change.data).filter(([, value]) => value !== undefined))
    return simulator.setUser(userId, named)
  })
  app.post<{ Params: { id: string; act: string } }>('/_simulator/consents/:id/:act', (request, reply) => {
    const { id, act } = request.params
    if (act !== 'revoke' && act !== 'extend')
      return reply.code(404).send({ error: `a consent can be revoked or extended, not ${act}` })
    return simulator.changeConsent(id, act)
      ? simulator.users()
      : reply.code(404).send({ error: 'no consent of this id is there to be changed' })
  })
}
