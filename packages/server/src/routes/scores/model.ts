import { getScoreModel } from '@quarry/schema/endpoints/scores'
import { modelCard } from '../../reputation/model-card.ts'
import { route } from '../../route.ts'

export default route(getScoreModel, () => modelCard())
