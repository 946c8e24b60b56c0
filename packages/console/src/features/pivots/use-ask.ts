import { notifications } from '@mantine/notifications'
import type { Pivot } from '@quarry/schema/endpoints/pivots'
import { createRun, listRuns, type Run } from '@quarry/schema/endpoints/runs'
import { useRouter } from '@tanstack/react-router'
import { call } from '../../api.ts'
import { troubleOf } from '../../errors.ts'
import { queryClient } from '../../query-client.ts'
import { pivotInput } from './pivot-input.ts'
import type { Scope } from './scopes.ts'
import type { Subject } from './subject.ts'

/**
 * Returns what asks the next question and shows it in a new tab. The tab is opened at the click, which browsers allow, and goes to the run
 * once it is made; a link alone starts nothing, so that nobody can be made to ask by being sent one.
 */
export function useAsk(run: Run, subject: Subject, scope: Scope): (pivot: Pivot) => Promise<void> {
  const router = useRouter()
  return async (pivot) => {
    if (pivot.needs.length > 0) {
      const { href } = router.buildLocation({
        to: '/live-discover/queries/$queryId',
        params: { queryId: pivot.queryId },
        search: { vars: { [pivot.variable]: subject.values[0] ?? '' } },
      })
      window.open(href, '_blank', 'noopener')
      return
    }
    const tab = window.open('', '_blank')
    try {
      const next = await call(createRun, { body: pivotInput(run.id, pivot, subject, scope) })
      void queryClient.invalidateQueries({ queryKey: [listRuns.id] })
      if (!tab) return tellNoTab()
      tab.opener = null
      tab.location.replace(
        router.buildLocation({ to: '/live-discover/runs/$runId', params: { runId: next.id } }).href,
      )
    } catch (error) {
      tab?.close()
      const { message } = troubleOf(error)
      notifications.show({ color: 'red', title: `“${pivot.name}” was not asked`, message })
    }
  }
}

function tellNoTab(): void {
  notifications.show({
    title: 'The browser opened no tab',
    message: 'Allow pop-ups for this site. The question runs, and stands among the recent runs.',
  })
}
