// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Owns what people hear through a real Nextcloud: notices in their language, taken back when they are over, what waits for
 * them on the dashboard, and the lines of the audit log.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import type { Notice } from '@auzolan/shared/protocol/notices.ts'
import type { Review } from '@auzolan/shared/protocol/review.ts'
import { DOCUMENTS, ORGANISATION, TEAMS } from '@auzolan/server/src/container.ts'
import { HARANBERRI_PLAN } from '@auzolan/server/src/standalone/sample-plan.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { until } from '../support/server.ts'
import { teamOf } from '../support/teams.ts'
import { asServer, ocs, relay } from './caller.ts'
import { teamOfTwo } from './circle.ts'
import { startMailbox } from './mailbox.ts'
import { NEXTCLOUD_START_MS, startNextcloud, type Nextcloud, type Person } from './nextcloud.ts'
import { nextcloudPath, php } from './php.ts'

const SECRET = '0123456789abcdef'.repeat(4)
const GROUP = 'Zuzendaritza'

/** What its background job does, an hour later. */
const AN_HOUR_LATER = `
  define('OC_CONSOLE', 1);
  require 'lib/base.php';
  \\OCP\\Server::get(\\OCP\\App\\IAppManager::class)->loadApps();
  \\OCP\\Server::get(\\OCA\\Notifications\\MailNotifications::class)->sendEmails(100, time() + 3700);
`

interface Told {
  readonly app: string
  readonly user: string
  readonly subject: string
  readonly message: string
  readonly link: string
  readonly icon: string
  readonly object_type: string
  readonly subjectRichParameters: Record<string, { type: string; name: string }>
  readonly actions: { label: string; link: string; type: string; primary: boolean }[]
}
interface Widget {
  readonly items: { title: string; subtitle: string; link: string; iconUrl: string; sinceId: string }[]
  readonly emptyContentMessage: string
}

describe.runIf(nextcloudPath !== null)('people are told through Nextcloud', { timeout: 120_000 }, () => {
  let nextcloud: Nextcloud
  let server: ServerHere
  const people: { [uid: string]: Person } = {}

  const add = async (uid: string, name: string, language: string): Promise<void> => {
    people[uid] = await nextcloud.addUser(uid, `${uid}-password`, name)
    await nextcloud.occ('user:setting', uid, 'core', 'lang', language)
  }
  const told = async (uid: string): Promise<Told[]> => {
    const path = '/apps/notifications/api/v2/notifications'
    const { data } = await ocs<Told[] | null>(nextcloud, people[uid]!, 'GET', path)
    return (data ?? []).filter(({ app }) => app === 'auzolan')
  }
  const subjects = async (uid: string): Promise<string[]> => (await told(uid)).map(({ subject }) => subject)
  const send = (...parcels: unknown[]) =>
    asServer<{ done: number; refused: number[] }>(nextcloud, 'notify', {
      secret: SECRET,
      body: JSON.stringify({ parcels }),
    })
  const document = newUuid() as DocumentId
  const notice = (given: Partial<Notice> = {}): { kind: 'notify'; notice: Notice } => ({
    kind: 'notify',
    notice: {
      key: `review/${document}/1/decide`,
      kind: 'decide',
      to: [{ kind: 'person', id: 'mayor' }],
      document,
      title: { eu: 'Sare sozialen plana', es: 'Plan de redes sociales' },
      version: 1,
      by: { id: 'ane', name: 'Ane Etxeberria' },
      due: null,
      ...given,
    },
  })
  const dismiss = (...keys: string[]) => ({ kind: 'dismiss', keys })
  const ask = async (uid: string, method: string, path: string, body?: object) =>
    relay(nextcloud, people[uid]!, path, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
  const widget = async (uid: string, query = ''): Promise<Widget> => {
    const path = `/apps/dashboard/api/v2/widget-items?widgets[]=auzolan${query}`
    const { data } = await ocs<{ auzolan: Widget }>(nextcloud, people[uid]!, 'GET', path)
    return data.auzolan
  }
  const auditLog = async (): Promise<string[]> => {
    const path = join(dirname(nextcloud.tree), 'data/audit.log')
    return existsSync(path)
      ? (await readFile(path, 'utf8')).split('\n').filter((l) => l.includes('Auzolan:'))
      : []
  }

  beforeAll(async () => {
    nextcloud = await startNextcloud()
    await nextcloud.occ('app:enable', 'notifications').catch(() => '')
    await nextcloud.occ('app:enable', 'circles').catch(() => '')
    await nextcloud.occ('app:enable', 'admin_audit')
    await add('ane', 'Ane Etxeberria', 'en')
    await add('mayor', 'Alkatea', 'eu')
    await add('deputy', 'La concejala', 'es')
    await add('jon', 'En Jon', 'ca')
    await add('lawyer', 'Legal', 'en')
    await add('2027', 'Digits', 'es_MX')
    await nextcloud.addGroup(GROUP, 'deputy', '2027')
    server = await startHere({ AUZOLAN_NEXTCLOUD_URL: nextcloud.url, AUZOLAN_SECRET: SECRET })
    await nextcloud.setConfig(server.url, SECRET)
  }, NEXTCLOUD_START_MS)

  afterAll(async () => {
    await server?.stop()
    await nextcloud?.stop()
  })

  describe('[NT6] by notices', () => {
    test('in the language of whoever reads them, with a link that opens the review', async () => {
      const to = ['mayor', 'deputy', 'jon', 'lawyer', '2027'].map((id) => ({ kind: 'person' as const, id }))
      expect((await send(notice({ to, due: '2026-12-05' }))).data).toEqual({ done: 1, refused: [] })
      const [mayor] = await told('mayor')
      expect(mayor).toMatchObject({
        subject: '@Ane Etxeberria: erabakitzeko eskatu dizu honi buruz: Sare sozialen plana',
        link: `${nextcloud.url}/index.php/apps/auzolan/d/${document}/review`,
        subjectRichParameters: { person: { type: 'user', name: 'Ane Etxeberria' } },
        actions: [{ label: 'Ireki', type: 'WEB', primary: true }],
      })
      expect(mayor!.actions[0]!.link).toBe(mayor!.link)
      expect(mayor!.message).toBe('Erantzuteko epea: 2026/12/05')
      expect(await subjects('deputy')).toEqual([
        '@Ane Etxeberria te pide que decidas sobre Plan de redes sociales',
      ])
      expect((await told('2027'))[0]).toMatchObject({
        subject: '@Ane Etxeberria te pide que decidas sobre Plan de redes sociales',
        message: expect.stringMatching(/^Responder antes del 5 de diciembre de 2026$/),
      })
      // No title in their language: the first of the document.
      expect(await subjects('jon')).toEqual([
        '@Ane Etxeberria et demana que decideixis sobre Sare sozialen plana',
      ])
      expect(await subjects('lawyer')).toEqual(['@Ane Etxeberria asks you to decide on Sare sozialen plana'])
      const icon = await fetch(mayor!.icon)
      expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
    })

    test('[PO13] of a post by its name among us, with a link that opens it; without a name it is said that it has none', async () => {
      const post = { id: 'p 1', title: 'Edukiontzi marroia' }
      const about = (kind: Notice['kind'], title = post.title) =>
        notice({ kind, key: `post/${document}/${kind}`, version: null, post: { ...post, title } })
      await send(about('post_review'))
      const [first] = await told('mayor')
      expect(first).toMatchObject({
        subject: '@Ane Etxeberria: argitalpen hau berrikusteko eskatu dizu: Edukiontzi marroia',
        link: `${nextcloud.url}/index.php/apps/auzolan/d/${document}/calendar/p%201`,
      })
      for (const kind of ['post_emergency', 'post_approved', 'post_returned'] as const)
        await send(about(kind))
      await send({ kind: 'notify', notice: { ...about('post_overdue', '').notice, by: null } })
      expect((await subjects('mayor')).toSorted()).toEqual([
        '@Ane Etxeberria: argitalpen hau berrikusteko eskatu dizu: Edukiontzi marroia',
        '@Ane Etxeberria: argitalpen hau itzuli du: Edukiontzi marroia',
        '@Ane Etxeberria: argitalpen hau onartu du: Edukiontzi marroia',
        '@Ane Etxeberria: larrialdian argitaratu du; berrikusi 24 orduko epean: Edukiontzi marroia',
        'Larrialdian atera zen duela egun bat, eta inork ez du berrikusi: Izenbururik gabeko argitalpena',
      ])
      await send(
        dismiss(
          ...['post_review', 'post_emergency', 'post_approved', 'post_returned', 'post_overdue'].map(
            (kind) => `post/${document}/${kind}`,
          ),
        ),
      )
      expect(await told('mayor')).toEqual([])
      // A post that is no post is no notice.
      const wrong = { ...about('post_review').notice, post: { id: '', title: 'x' } }
      expect((await send({ kind: 'notify', notice: wrong })).data).toEqual({ done: 1, refused: [0] })
    })

    test('[NT2] told again they replace what was told before, and a repeat changes nothing', async () => {
      const again = notice({ by: { id: 'jon', name: 'En Jon' } })
      for (let i = 0; i < 2; i++) expect((await send(again)).status).toBe(200)
      expect(await subjects('mayor')).toEqual([
        '@En Jon: erabakitzeko eskatu dizu honi buruz: Sare sozialen plana',
      ])
      // Whoever is not asked any more is not left with it.
      expect(await told('deputy')).toEqual([])
    })

    test('[NT3] are gone from everybody when they are over', async () => {
      const other = `review/${document}/1/opinion/legal`
      await send(notice({ key: other, kind: 'opinion', role: 'legal' }))
      expect(await subjects('mayor')).toEqual([
        '@Ane Etxeberria: zure iritzia eskatu du honi buruz: Sare sozialen plana (Zerbitzu juridikoak)',
        '@En Jon: erabakitzeko eskatu dizu honi buruz: Sare sozialen plana',
      ])
      await send(dismiss(`review/${document}/1/decide`, 'review/never/said'))
      expect((await told('mayor')).length).toBe(1)
      await send(dismiss(other))
      expect(await told('mayor')).toEqual([])
    })

    test('[NT5] to those who are in a group or a Team now; never to whoever did it, nor to somebody left out', async () => {
      const team = await teamOfTwo(nextcloud, 'ane', 'jon')
      await send(
        notice({
          to: [
            { kind: 'group', id: GROUP },
            { kind: 'team', id: team },
            { kind: 'person', id: 'deputy' },
            { kind: 'group', id: 'no such group' },
            { kind: 'team', id: 'nosuchteam' },
            { kind: 'person', id: 'nobody' },
            { kind: 'person', id: 'lawyer' },
          ],
          except: ['lawyer'],
        }),
      )
      const counts = async (): Promise<number[]> =>
        Promise.all(['deputy', '2027', 'jon', 'ane', 'lawyer'].map(async (uid) => (await told(uid)).length))
      expect(await counts()).toEqual([1, 1, 1, 0, 0])
      // A date is nobody's deed: whoever has sent the text is reminded as well.
      await send(
        notice({ kind: 'overdue', key: 'x', to: [{ kind: 'person', id: 'ane' }], due: '2026-11-01' }),
      )
      expect((await told('ane'))[0]).toMatchObject({
        subject: 'It waits for you, and the date has passed: Sare sozialen plana',
        message: 'The answer was asked for until November 1, 2026.',
      })
      await send(dismiss('x'), dismiss(`review/${document}/1/decide`))
      expect(await counts()).toEqual([0, 0, 0, 0, 0])
    })

    test('lead to the very comment', async () => {
      const more = { kind: 'mention' as const, key: 'comment', comment: '7.a b' }
      await send(notice({ ...more, to: [{ kind: 'person', id: 'lawyer' }] }))
      expect(await told('lawyer')).toMatchObject([
        { link: `${nextcloud.url}/index.php/apps/auzolan/d/${document}?comment=7.a%20b` },
      ])
      await send(dismiss('comment'))
    })

    test('only to people who may use the app', async () => {
      await nextcloud.occ('user:disable', 'jon')
      await nextcloud.occ('app:enable', 'auzolan', '--groups', GROUP)
      const to = ['mayor', 'deputy', 'jon'].map((id) => ({ kind: 'person' as const, id }))
      try {
        await send(notice({ to }))
        expect((await told('deputy')).length).toBe(1)
      } finally {
        await nextcloud.occ('config:app:set', 'auzolan', 'enabled', '--value=yes')
        await nextcloud.occ('user:enable', 'jon')
      }
      expect([(await told('mayor')).length, (await told('jon')).length]).toEqual([0, 0])
      await send(dismiss(`review/${document}/1/decide`))
    })

    test('and of a tool one has told of, with the way to what was said of it', async () => {
      for (const [kind, subject] of [
        [
          'suggestion_declined',
          '@Ane Etxeberria has answered what you said of Sare sozialen plana: it will not be evaluated, and why',
        ],
        [
          'suggestion_evaluating',
          '@Ane Etxeberria has begun to evaluate Sare sozialen plana, which you told of',
        ],
        [
          'suggestion_evaluated',
          'Sare sozialen plana, which you told of, is evaluated: see what it may be used for',
        ],
      ] as const) {
        await send(notice({ kind, key: 'words', to: [{ kind: 'person', id: 'lawyer' }] }))
        expect(await told('lawyer')).toMatchObject([
          { subject, link: `${nextcloud.url}/index.php/apps/auzolan/suggest/${document}` },
        ])
        await send(dismiss('words'))
      }
    })

    test.each([
      ['changes', '@Ane Etxeberria asks for changes in Sare sozialen plana', ''],
      ['approved', '@Ane Etxeberria has approved Sare sozialen plana', '/review'],
      ['withdrawn', '@Ane Etxeberria has taken Sare sozialen plana out of review', '/review'],
      ['against', '@Ane Etxeberria is against Sare sozialen plana, which you have approved', '/review'],
      ['delegated', '@Ane Etxeberria has put the decision on Sare sozialen plana into your hands', '/review'],
      ['mention', '@Ane Etxeberria has mentioned you in a comment on Sare sozialen plana', ''],
      ['due', 'It still waits for you: Sare sozialen plana', '/review'],
      ['escalated', 'Still without an answer, long after the date: Sare sozialen plana', '/review'],
      ['opinion', '@Ane Etxeberria asks you for an opinion on Sare sozialen plana', '/review'],
      ['figures', 'Figures are late: Sare sozialen plana', '/indicators'],
      [
        'reopened',
        '@Ane Etxeberria has changed a list that Sare sozialen plana relies on: look at it again',
        '',
      ],
      ['score', '@Ane Etxeberria asks you to score Sare sozialen plana', '/scoring'],
      ['scored', 'All have handed in: reveal the scores of Sare sozialen plana', '/scoring'],
      ['block', 'A block still waits for a second person: Sare sozialen plana', '/participation'],
    ] as const)('have words for each kind: %s', async (kind, subject, place) => {
      await send(notice({ kind, key: 'words', to: [{ kind: 'person', id: 'lawyer' }] }))
      expect(await told('lawyer')).toMatchObject([
        { subject, link: `${nextcloud.url}/index.php/apps/auzolan/d/${document}${place}` },
      ])
      await send(dismiss('words'))
    })

    test.each([
      ['tool_review', 'A tool has to be looked at again: Sare sozialen plana'],
      ['tool_use', 'Does your department still use it? Sare sozialen plana'],
    ] as const)('[TU10] of a tool lead to its card: %s', async (kind, subject) => {
      await send(
        notice({ kind, key: `tool/${document}/x`, by: null, to: [{ kind: 'person', id: 'lawyer' }] }),
      )
      expect(await told('lawyer')).toMatchObject([
        { subject, link: `${nextcloud.url}/index.php/apps/auzolan/tools/${document}` },
      ])
      await send(dismiss(`tool/${document}/x`))
    })

    test('also by mail, to those who have set so in Nextcloud, in their language and with the way to it', async () => {
      const mailbox = await startMailbox()
      for (const [key, value] of [
        ['mail_smtpmode', 'smtp'],
        ['mail_smtphost', '127.0.0.1'],
        ['mail_smtpport', String(mailbox.port)],
        ['mail_from_address', 'cloud'],
        ['mail_domain', 'example.org'],
      ] as const)
        await nextcloud.occ('config:system:set', key, `--value=${value}`)
      await nextcloud.occ('user:setting', 'mayor', 'settings', 'email', 'mayor@example.org')
      await nextcloud.occ('user:setting', 'deputy', 'settings', 'email', 'deputy@example.org')
      const hourly = { batchSetting: 1, soundNotification: 'no', soundTalk: 'no' }
      await ocs(nextcloud, people['mayor']!, 'POST', '/apps/notifications/api/v2/settings', hourly)
      const to = ['mayor', 'deputy'].map((id) => ({ kind: 'person' as const, id }))
      await send(notice({ to, due: '2026-12-05' }))
      await php(['-r', AN_HOUR_LATER], { cwd: nextcloud.tree })
      mailbox.close()
      expect(mailbox.mails.map((mail) => mail.to)).toEqual(['mayor@example.org'])
      const { text } = mailbox.mails[0]!
      expect(text).toContain('erabakitzeko eskatu dizu honi buruz: Sare sozialen plana')
      expect(text).toContain('Ireki')
      expect(text).toContain(`/apps/auzolan/d/${document}/review`)
      await send(dismiss(`review/${document}/1/decide`))
    })

    test('a digest leads home', async () => {
      await send(
        notice({
          kind: 'digest',
          key: 'd',
          by: null,
          title: { und: 'A, B' },
          to: [{ kind: 'person', id: 'jon' }],
        }),
      )
      expect(await told('jon')).toMatchObject([
        { subject: 'Novetats dels teus equips: A, B', link: `${nextcloud.url}/index.php/apps/auzolan/` },
      ])
      await send(dismiss('d'))
    })
  })

  describe('[NT4] what is no parcel', () => {
    const malformed: unknown[] = [
      null,
      'notify',
      {},
      { kind: 'erase' },
      { kind: 'notify' },
      { kind: 'notify', notice: {} },
      notice({ kind: 'party' as never }),
      notice({ document: '../../etc' as DocumentId }),
      notice({ to: [{ kind: 'everybody' as never, id: 'x' }] }),
      notice({ to: Array<Notice['to'][number]>(1001).fill({ kind: 'person', id: 'x' }) }),
      notice({ title: { eu: 7 as never } }),
      notice({ title: { eu: 'x'.repeat(4001) } }),
      notice({ due: 'tomorrow' }),
      notice({ key: '' }),
      notice({ by: { id: 1 as never, name: 'x' } }),
      dismiss(...Array<string>(101).fill('x')),
      { kind: 'dismiss', keys: [1] },
      { kind: 'audit', action: 'review.decide' },
    ]
    test('is refused by itself, and what comes after it is taken', async () => {
      const { status, data } = await send(...malformed, notice({ to: [{ kind: 'person', id: 'lawyer' }] }))
      expect([status, data.done]).toEqual([200, malformed.length + 1])
      expect(data.refused).toEqual(malformed.map((_, i) => i))
      expect((await told('lawyer')).length).toBe(1)
      await send(dismiss(`review/${document}/1/decide`))
    })

    test('but as many people as the longest parcel holds are no reason', async () => {
      const to = Array.from({ length: 1000 }, (_, i) => ({
        kind: 'person' as const,
        id: `${'x'.repeat(200)}${i}`,
      }))
      const long = notice({ to: [...to.slice(1), { kind: 'person', id: 'lawyer' }] })
      expect(JSON.stringify(long).length).toBeGreaterThan(200 * 1024)
      expect((await send(long)).data).toEqual({ done: 1, refused: [] })
      expect((await told('lawyer')).length).toBe(1)
      await send(dismiss(`review/${document}/1/decide`))
    })

    test('and a body that is none is refused whole', async () => {
      for (const body of [{}, { parcels: 'x' }, { parcels: { a: 1 } }, { parcels: Array(51).fill({}) }])
        expect(
          (await asServer(nextcloud, 'notify', { secret: SECRET, body: JSON.stringify(body) })).status,
        ).toBe(400)
    })
  })

  describe('by a review', () => {
    let plan: DocumentId
    const review = async (): Promise<Review> =>
      (await (await ask('mayor', 'GET', `documents/${plan}/review`)).json()) as Review

    beforeAll(async () => {
      const template = structuredClone(HARANBERRI_PLAN) as {
        planning: { audiences: { id: string; languages?: string[] }[] }
        profiles: { profiles: { id: string; hoursPerWeek?: number }[] }
      }
      template.planning.audiences.find((a) => a.id === 'a4')!.languages = ['es']
      template.profiles.profiles.find((p) => p.id === 'youtube')!.hoursPerWeek = 2
      const teamId = await teamOf(
        server.container.resolve(TEAMS),
        'Taldea',
        ['person', 'ane', 'coordinator'],
        ['person', 'jon', 'editor'],
        ['person', 'mayor', 'director'],
        ['group', GROUP, 'director'],
        ['person', 'lawyer', 'legal'],
      )
      const organisation = server.container.resolve(ORGANISATION)
      const { version, ...facts } = await organisation.read()
      const approvalRoutes = [{ type: 'plan' as const, opinions: ['legal' as const] }]
      await organisation.change({ ...facts, approvalRoutes }, version, 'ane' as PersonId)
      plan = await server.container
        .resolve(DOCUMENTS)
        .create({ teamId, languages: ['eu', 'es'], template, by: 'ane' as PersonId })
    })

    test('[NT1] sent to review, decided: each hears what concerns them, and nobody what is done', async () => {
      const due = '2027-01-15'
      expect((await ask('ane', 'POST', `documents/${plan}/review`, { due })).status).toBe(201)
      await until(async () => (await told('mayor')).length === 1, 'the mayor is told')
      await until(async () => (await told('lawyer')).length === 1, 'the lawyer is told')
      expect(await subjects('mayor')).toEqual([
        expect.stringMatching(/^@Ane Etxeberria: erabakitzeko eskatu dizu honi buruz: /),
      ])
      expect((await subjects('deputy')).length).toBe(1)
      expect((await subjects('lawyer'))[0]).toMatch(
        /^@Ane Etxeberria asks you for an opinion on .*: Legal services$/,
      )
      expect(await told('ane')).toEqual([])

      // The same on the dashboard.
      const { items } = await widget('mayor')
      expect(items).toMatchObject([
        {
          title: expect.stringMatching(/Haranberri/),
          subtitle: expect.stringMatching(/^Erabaki · Ane Etxeberria · Erantzuteko epea: 2027\/01\/15$/),
          link: `${nextcloud.url}/index.php/apps/auzolan/d/${plan}/review`,
        },
      ])
      expect(
        (await widget('mayor', `&sinceIds[auzolan]=${encodeURIComponent(items[0]!.sinceId)}`)).items,
      ).toEqual([])
      expect((await widget('mayor', '&limit=1')).items.length).toBe(1)
      expect((await widget('deputy')).items[0]!.subtitle).toBe(
        'Decidir · Ane Etxeberria · Responder antes del 15 ene 2027',
      )
      expect((await widget('lawyer')).items[0]!.subtitle).toBe(
        'Give the opinion · Ane Etxeberria · Answer until Jan 15, 2027',
      )
      expect(await widget('jon')).toEqual({
        items: [],
        emptyContentMessage: 'No t’espera res.',
        halfEmptyContentMessage: '',
      })

      const { version } = await review()
      const stance = { version: version.n, stance: 'favourable', text: '' }
      expect((await ask('lawyer', 'PUT', `documents/${plan}/review/opinions/legal`, stance)).status).toBe(204)
      await until(async () => (await told('lawyer')).length === 0, 'nothing waits for the lawyer')
      expect((await told('mayor')).length).toBe(1)

      const decision = {
        id: newUuid(),
        version: version.n,
        sha256: version.sha256,
        verdict: 'approve',
      }
      expect((await ask('mayor', 'POST', `documents/${plan}/decisions`, decision)).status).toBe(204)
      await until(async () => (await told('ane')).length === 1, 'Ane hears of it')
      expect((await subjects('ane'))[0]).toMatch(/^@Alkatea has approved /)
      expect((await subjects('jon'))[0]).toMatch(/^@Alkatea ha aprovat /)
      for (const uid of ['mayor', 'deputy', '2027']) expect(await told(uid)).toEqual([])
    })

    test('[NT8] stands in Nextcloud’s audit log with who did it', async () => {
      const decided = (await auditLog()).map((line) => (JSON.parse(line) as { message: string }).message)
      const line = decided.filter((message) => message.includes('review.decide'))
      expect(line).toEqual([
        expect.stringMatching(
          new RegExp(
            `^Auzolan: "review\\.decide" by "mayor" on "${plan}" at \\S+Z \\(record [0-9a-f]{64}\\): \\{.*"verdict":"approve".*\\}$`,
          ),
        ),
      ])
      expect(decided.some((message) => message.includes('"organisation.change" by "ane"'))).toBe(true)
      expect(decided.some((message) => message.includes('"team.create"'))).toBe(true)
      expect(decided.some((message) => message.includes('review.submit'))).toBe(false)
    })

    test('[NT7] the widget is Nextcloud’s own, and says so when the server is away', async () => {
      const { data } = await ocs<Record<string, object>>(
        nextcloud,
        people['jon']!,
        'GET',
        '/apps/dashboard/api/v1/widgets',
      )
      expect(data['auzolan']).toMatchObject({
        title: 'T’espera',
        widget_url: `${nextcloud.url}/index.php/apps/auzolan/`,
        reload_interval: 60,
        item_api_versions: [2],
        buttons: [{ type: 'more', text: 'Obre Auzolan' }],
      })
      await server.stop()
      const started = performance.now()
      // Nobody has asked for her before: nothing is remembered.
      expect(await widget('2027')).toMatchObject({
        items: [],
        emptyContentMessage: expect.stringMatching(/^El servidor de sincronización no responde ahora\./),
      })
      expect(performance.now() - started).toBeLessThan(5_000)
      await nextcloud.setConfig('', '')
      const without = await ocs<Record<string, object>>(
        nextcloud,
        people['jon']!,
        'GET',
        '/apps/dashboard/api/v1/widgets',
      )
      expect(Object.keys(without.data)).not.toContain('auzolan')
      await nextcloud.setConfig(server.url, SECRET)
    })
  })

  // Last: a refusal makes the next answer to this address slower.
  test('[NT4] an unsigned call is refused', async () => {
    const body = JSON.stringify({ parcels: [notice({ to: [{ kind: 'person', id: 'jon' }], key: 'forged' })] })
    const answers = [
      await asServer(nextcloud, 'notify', { secret: 'f'.repeat(64), body }),
      await asServer(nextcloud, 'notify', { secret: SECRET, body, signed: { body: '{"parcels":[]}' } }),
      await asServer(nextcloud, 'notify', {
        secret: SECRET,
        body,
        signed: { path: '/apps/auzolan/api/v1/server/users' },
      }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
    expect(await subjects('jon')).not.toContain(expect.stringContaining('demana'))
  })

  test('nothing of this leaves an error in the log', async () => {
    const lines = (await nextcloud.log())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.filter((line) => line['app'] === 'auzolan' && Number(line['level']) >= 2)).toEqual([])
    expect(await nextcloud.log()).not.toContain(SECRET)
  })
})
