import { reportInvestigation } from '@quarry/schema/endpoints/investigations'
import { fileName } from '../../investigations/file-name.ts'
import { htmlReport, reportPolicy } from '../../investigations/report-html.ts'
import { markdownReport } from '../../investigations/report-markdown.ts'
import { rawRoute } from '../../route.ts'

/** The page opens in the browser, where it can be printed; Markdown is a file. */
export default rawRoute(reportInvestigation, async (ctx, { params, query }, who, { reply }) => {
  const investigation = await ctx.investigations.one(params.id)
  await ctx.audit(who, reportInvestigation.id, params.id, { format: query.format })
  if (query.format === 'html') {
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', reportPolicy)
      .send(htmlReport(investigation))
    return
  }
  reply
    .type('text/markdown; charset=utf-8')
    .header('content-disposition', `attachment; filename="${fileName(investigation.name)}.md"`)
    .send(markdownReport(investigation))
})
