import type { ReactNode } from 'react'
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import type { HourFigures } from '../../../shared/day.ts'

/**
 * One bar for each hour. It imports nothing of the desk: what two chunks share becomes a third, and its style would come before the
 * order of the layers is known.
 */
export default function HoursChart(props: {
  readonly hours: readonly HourFigures[]
  readonly inYen: (amountYen: number) => string
}): ReactNode {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={[...props.hours]}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        barCategoryGap="24%"
      >
        <CartesianGrid vertical={false} stroke="var(--edge)" />
        <XAxis dataKey="hour" tickLine={false} axisLine={line} tick={letters} interval={0} />
        <YAxis
          width={72}
          tickCount={4}
          allowDecimals={false}
          tickLine={false}
          axisLine={false}
          tick={letters}
          tickFormatter={props.inYen}
        />
        <Bar dataKey="salesYen" fill="var(--ai)" radius={[3, 3, 0, 0]} isAnimationActive={false} />
      </BarChart>
    </ResponsiveContainer>
  )
}

const letters = { fill: 'var(--ink-2)', fontSize: 13 } as const
const line = { stroke: 'var(--ink-2)' } as const
