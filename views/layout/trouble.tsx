/** A problem without a form to go back to: what went wrong, and what to do now. */
import type { Html } from '../../src/kit/html.ts'
import type { Problem } from '../../src/kit/problem.ts'
import { problems } from '../../src/kit/problems.ts'
import { LinkButton, planLink } from '../ui/form.tsx'
import { Card } from '../ui/layout.tsx'

export const Trouble = ({ problem }: { problem: Problem }): Html => (
  <Card title={problem.title}>
    <div class="stack">
      <p>{problem.detail}</p>
      <p class="muted">{problems[problem.code].remedy}</p>
      <div class="actions">
        {planLink(problem) && (
          <LinkButton href={planLink(problem)!} kind="primary">
            Compare plans
          </LinkButton>
        )}
        <LinkButton href="/" icon="home">
          Home
        </LinkButton>
      </div>
    </div>
  </Card>
)
