/**
 * The plan of Haranberri for 2027 (DOMAIN G.1). Two things are left unfinished on purpose, so that the first person who
 * opens it has something to do.
 */
import type { Template } from '../compaction/tasks.ts'
import { PROFILES } from './sample-plan/profiles.ts'
import { RULES } from './sample-plan/rules.ts'
import { START } from './sample-plan/start.ts'
import { TEAM } from './sample-plan/team.ts'

export const HARANBERRI_PLAN: Template = { ...START, ...PROFILES, ...TEAM, ...RULES }
