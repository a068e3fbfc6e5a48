/** Team (DOMAIN A.6) [SEED L201–209]. */
import { MANAGER_AXES, team } from '../../schema/plan/team.ts'
import type { Plan } from '../../schema/plan.ts'
import { message, namingLanguage, type CheckContext } from '../finding.ts'
import type { PlanCheck } from './check.ts'

/** From this value of an axis on, somebody knows enough of it (DOMAIN P-15). */
const AXIS_ENOUGH = 2

/** Axes on which nobody of a department reaches {@link AXIS_ENOUGH}, and no training of theirs is planned. */
export function gapsOfTeam(
  plan: Plan,
): { readonly department: string | null; readonly axis: (typeof MANAGER_AXES)[number] }[] {
  const { managers } = plan.team
  const departments = [...new Set(managers.map(({ departmentId }) => departmentId))]
  return departments.flatMap((department) => {
    const ours = managers.filter(({ departmentId }) => departmentId === department)
    if (ours.some(({ trainingIds }) => trainingIds.length > 0)) return []
    return MANAGER_AXES.filter((axis) => {
      const said = ours.flatMap((manager) => manager[axis] ?? [])
      return said.length > 0 && Math.max(...said.map(Number)) < AXIS_ENOUGH
    }).map((axis) => ({ department, axis }))
  })
}

function departmentIn(context: CheckContext, id: string | null): string {
  const { name = {} } = context.departments?.find((one) => one.id === id) ?? {}
  return name[namingLanguage(context)] || Object.values(name).find(Boolean) || ''
}

export const TEAM_CHECKS: readonly PlanCheck[] = [
  {
    id: 'P-15',
    section: 'team',
    path: 'team.managers',
    subject: 'The team knows enough, or learns it',
    run: (plan, context) =>
      gapsOfTeam(plan).map(({ department, axis }) => {
        const field = team.fields.managers.item[axis].label
        const named = departmentIn(context, department)
        const one = plan.team.managers.find(
          ({ departmentId, [axis]: said }) => departmentId === department && said !== null,
        )!
        return {
          severity: 'warn',
          gate: 'approval',
          section: 'team',
          // Which field it is would say what somebody has said of themselves: that is the team's.
          path: `managers/${one.id}`,
          message:
            named === ''
              ? message('In one of the departments nobody reaches “well” in: {field}.', { field })
              : message('{department}: nobody reaches “well” in: {field}.', { department: named, field }),
          fix: message('Plan a course for somebody of the department, or add somebody.'),
        }
      }),
  },
  {
    id: 'P-16',
    section: 'team',
    path: 'team.staffing',
    subject: 'A contractor alone has a contract, and somebody of ours who answers',
    run: ({ team: { staffing, contract, dataAgreement, internalResponsible } }) => {
      if (staffing !== 'external_only') return []
      const base = { severity: 'block', gate: 'approval', section: 'team' } as const
      return [
        ...(contract.trim() === ''
          ? [
              {
                ...base,
                path: 'team.contract',
                message: message('The contract of those from outside is not named.'),
              },
            ]
          : []),
        ...(dataAgreement
          ? []
          : [
              {
                ...base,
                path: 'team.dataAgreement',
                message: message('It is not said that the contract covers personal data.'),
              },
            ]),
        ...(internalResponsible
          ? []
          : [
              {
                ...base,
                path: 'team.internalResponsible',
                message: message('Nobody of ours answers for the work of those from outside.'),
              },
            ]),
      ]
    },
  },
  {
    id: 'P-17',
    section: 'team',
    path: 'team.coordinationUnit',
    subject: 'Communications coordinates when several departments have profiles',
    run: ({ profiles, team: { coordinationUnit, coordinator } }, { facts }) => {
      const departments = new Set(profiles.profiles.flatMap(({ departmentId }) => departmentId ?? []))
      if (departments.size < 2) return []
      const base = { severity: 'block', gate: 'approval', section: 'team' } as const
      if (coordinationUnit === null || coordinator === null)
        return [
          {
            ...base,
            path: coordinationUnit === null ? 'team.coordinationUnit' : 'team.coordinator',
            message: message('Several departments have profiles, and nobody coordinates them yet.'),
          },
        ]
      // An organisation that has not said which department it is cannot be held to it.
      return !facts || facts.communications.length === 0 || facts.communications.includes(coordinationUnit)
        ? []
        : [
            {
              ...base,
              path: 'team.coordinationUnit',
              message: message('The unit that coordinates is neither communications nor press.'),
              fix: message('Choose the unit that is, or ask an administrator to mark it in Organisation.'),
            },
          ]
    },
  },
]
