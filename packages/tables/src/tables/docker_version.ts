import { column, defineTable } from '../define-table.ts'
import { askDocker } from '../docker/ask-docker.ts'
import { textAt } from '../json/read-json.ts'

export default defineTable({
  name: 'docker_version',
  description: 'Version of the Docker Engine that runs on this machine; empty where none runs.',
  platforms: ['linux'],
  columns: {
    version: column.text('Version of the Docker Engine.'),
    api_version: column.text('Newest version of the API that the engine speaks.'),
    min_api_version: column.text('Oldest version of the API that the engine speaks.'),
    git_commit: column.text('Commit that the engine was built from.'),
    go_version: column.text('Version of Go that the engine was built with.'),
    os: column.text('Operating system of the engine.'),
    arch: column.text('Architecture of the engine, in the words of Go, such as amd64.'),
    kernel_version: column.text('Release of the kernel that the engine runs on.'),
    build_time: column.text('When the engine was built, as it says itself.'),
  },
  examples: ['SELECT version, api_version FROM docker_version'],
  estimatedRows: 1,

  *rows(host, scan) {
    const version = askDocker(host, scan, '/version')
    if (version === undefined) return
    yield {
      version: textAt(version, 'Version'),
      api_version: textAt(version, 'ApiVersion'),
      min_api_version: textAt(version, 'MinAPIVersion'),
      git_commit: textAt(version, 'GitCommit'),
      go_version: textAt(version, 'GoVersion'),
      os: textAt(version, 'Os'),
      arch: textAt(version, 'Arch'),
      kernel_version: textAt(version, 'KernelVersion'),
      build_time: textAt(version, 'BuildTime'),
    }
  },
})
