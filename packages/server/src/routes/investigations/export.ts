import { exportInvestigation } from '@quarry/schema/endpoints/investigations'
import { fileName } from '../../investigations/file-name.ts'
import { fileOf } from '../../investigations/import-file.ts'
import { rawRoute } from '../../route.ts'

export default rawRoute(exportInvestigation, async (ctx, { params }, who, { reply }) => {
  const investigation = await ctx.investigations.one(params.id)
  await ctx.audit(who, exportInvestigation.id, params.id, { name: investigation.name })
  reply
    .type('application/json; charset=utf-8')
    .header('content-disposition', `attachment; filename="${fileName(investigation.name)}.json"`)
    .send(fileOf(investigation))
})
