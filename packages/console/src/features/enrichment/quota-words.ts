import type { Quota } from '@quarry/schema/endpoints/connectors'

/** Says what is left of a quota: `812 of 1,000 left today`. Empty for a connector that sends nothing. */
export function quotaWords(quota: Quota | undefined): string {
  if (!quota) return ''
  const used = quota.usedToday.toLocaleString('en')
  if (quota.perDay === undefined) return `${used} asked today`
  return `${(quota.left ?? 0).toLocaleString('en')} of ${quota.perDay.toLocaleString('en')} left today`
}
