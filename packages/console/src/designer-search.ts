/** Designer mode as it stands in the address: `?designer=true`. */
export interface DesignerSearch {
  designer?: true
}

export function parseDesigner(search: Record<string, unknown>): DesignerSearch {
  return search.designer === true ? { designer: true } : {}
}
