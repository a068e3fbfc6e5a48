/** The figures of a plan's profiles, as the screen asks the server for them. Entering them waits for the network where it must. */
import type { Span } from '@auzolan/shared/indicators/periods.ts'
import type { FigureKept, OverdueFigures } from '@auzolan/shared/protocol/figures.ts'
import { get } from './api.ts'

export const figuresPath = (id: string): string => `/documents/${encodeURIComponent(id)}/figures`
export const getFigures = (id: string, { from, to }: Span): Promise<readonly FigureKept[]> =>
  get(`${figuresPath(id)}?from=${from}&to=${to}`)
export const getOverdueFigures = (id: string): Promise<readonly OverdueFigures[]> =>
  get(`${figuresPath(id)}/overdue`)
