import { whoami } from '@quarry/schema/endpoints/whoami'
import { route } from '../../route.ts'

export default route(whoami, (ctx) => ({
  id: ctx.tenantId,
  idType: 'tenant' as const,
  apiHosts: { global: ctx.url(), dataRegion: ctx.url() },
}))
