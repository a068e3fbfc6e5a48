import { REPORT_CHECKS } from '../checks/report.ts'
import { FROZEN_REPORT, REPORT } from '../schema/report.ts'
import { FACTS } from './facts.ts'
import type { TypeOfDocument } from './type.ts'

export const REPORT_TYPE: TypeOfDocument = {
  ...FACTS.report,
  content: REPORT,
  frozen: FROZEN_REPORT,
  checks: REPORT_CHECKS,
}
