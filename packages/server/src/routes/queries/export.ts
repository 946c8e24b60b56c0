import { exportQuery } from '@quarry/schema/endpoints/queries'
import { stringify } from 'yaml'
import { contentOfShipped, entryOf } from '../../queries/content.ts'
import { rawRoute } from '../../route.ts'

export default rawRoute(exportQuery, async (ctx, { params }, _who, { reply }) => {
  const query = await ctx.queries.one(params.id)
  const shipped = ctx.catalogue.queries.get(params.id)
  const code = shipped?.entry.id ?? `custom.${codeName(query.name)}`
  const content = shipped ? contentOfShipped(shipped) : { ...query, categoryIds: [] }
  const entry = shipped?.entry ?? entryOf(code, query.name, content)
  reply.header('content-type', 'application/yaml; charset=utf-8')
  reply.header('content-disposition', `attachment; filename="${code.split('.')[1]}.yaml"`)
  reply.send(stringify(entry, { lineWidth: 110, aliasDuplicateObjects: false }))
})

function codeName(name: string): string {
  const code = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return code.slice(0, 60) || 'query'
}
