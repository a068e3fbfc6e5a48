/** Opens a document in this tab and keeps what is on the screen in step with it. */
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { outOfDateFindings } from '@auzolan/shared/checks/in-step.ts'
import { checkDocument, parseDocument, type Report } from '@auzolan/shared/checks/run.ts'
import { periodIn } from '@auzolan/shared/types/facts.ts'
import type { DocumentEnvelope, Organisation } from '@auzolan/shared/protocol/rest.ts'
import { inherited, isInheritedPath } from '@auzolan/shared/schema/inherited.ts'
import { outOfDate } from '@auzolan/shared/languages/in-step.ts'
import { readMeta } from '@auzolan/shared/schema/shapes.ts'
import type { DocumentJson } from '@auzolan/shared/schema/fields.ts'
import { readDocument } from '@auzolan/shared/schema/json.ts'
import type { Plan } from '@auzolan/shared/schema/plan.ts'
import { textOf } from '@auzolan/shared/schema/restricted.ts'
import { loadType } from '../document-types.ts'
import { causeOf, getEnvelope, getOrganisation } from '../api.ts'
import {
  apiToken,
  fetchTicket,
  forgetApiToken,
  home,
  me,
  relayUrl,
  requestToken,
  serverUrl,
  ways,
} from '../host.ts'
import { screenLanguage, setTimeZone, today } from '../l10n.ts'
import type { Cause } from '../session/connection.ts'
import { references } from '../references.ts'
import { openDocument, type Ledger, type OpenDocument } from '../session/document.ts'
import type { Draft } from '../session/draft.ts'
import { aboveOf } from './above.ts'
import { useAttached } from './attached.ts'
import { useBeside } from './beside.ts'
import { forgetFigures } from './figures-kept.ts'
import { useCalendar } from './calendar.ts'
import { useComments } from './comments.ts'
import type { OpenedDocument, OpenedPlan, PresentPerson } from './context.ts'
import { makeRemoval } from './removal.ts'

export type DocumentState =
  /** `cause`: why it takes long. */
  | { readonly kind: 'opening'; readonly cause: Cause | null }
  | {
      readonly kind: 'open'
      readonly context: OpenedDocument | OpenedPlan
      readonly retry: () => void
      /** Rises when the document had to be built anew; section and part stay. */
      readonly generation: number
      readonly throwAway: (draft: string) => Promise<void>
      readonly keepDraft: (draft: Draft) => Promise<void>
      /** Deletes the copy on this device. */
      readonly erase: () => Promise<void>
    }
  | { readonly kind: 'failed'; readonly cause: Cause }

/** What somebody has just written, the server has by then. */
const ATTACHED_AFTER_MS = 2_500

/** Colours of carets and rings: told apart in light and dark, and never the only sign of who it is. */
const COLOURS = ['#a8007a', '#00679e', '#8a4b00', '#2e7d32', '#6a3fb5', '#b3261e', '#00707a', '#5d5d00']

export function useDocument(id: string): {
  state: ShallowRef<DocumentState>
  show: (section: string) => void
} {
  const state = shallowRef<DocumentState>({ kind: 'opening', cause: null })
  let opened: OpenDocument | null = null
  let disposed = false
  let section: string | null = null
  let generation = 0

  const onEnd: (() => void)[] = []
  onScopeDispose(() => {
    disposed = true
    onEnd.forEach((end) => end())
    void opened?.close()
  })

  const begin = (): void =>
    void open().catch((error: unknown) => {
      if (!disposed) state.value = { kind: 'failed', cause: causeOf(error) }
    })
  begin()

  /** The old text stays on the screen until the new one is here. */
  async function beginAgain(): Promise<void> {
    const old = opened
    opened = null
    generation += 1
    await old?.close()
    if (!disposed) begin()
  }

  /** Nor does what its reviewers read stay on this device. */
  const forget = (): void => {
    forgetFigures(id)
    void import('../decisions/here.ts').then(({ forgetReview }) => forgetReview(id)).catch(() => {})
  }

  async function open(): Promise<void> {
    const ledger: Ref<Ledger | null> = shallowRef(null)
    const [{ facts, type, tools }, session] = await Promise.all([
      rememberedFacts(id).then(async (known) => ({
        facts: known,
        type: await loadType(known.envelope.type),
        // Without it, nothing is found: that is no reason not to open.
        tools:
          known.envelope.type === 'evaluation' && known.envelope.roles.length > 0
            ? await import('./tools-alike.ts').catch(() => null)
            : null,
      })),
      openDocument({
        serverUrl,
        document: id,
        person: me.id,
        build: appVersion,
        fetchTicket: () => fetchTicket(id),
        apiToken,
        forgetApiToken,
        home,
        channels: ['comments', 'calendar'],
        ...(relayUrl === null ? {} : { relay: { url: relayUrl, requestToken, ways } }),
        causeOf,
        onBeginAgain: () => void beginAgain(),
        onLedger: (now) => {
          ledger.value = now
          if (now.connectivity.kind === 'ended' && now.connectivity.cause === 'ACCESS_ENDED') forget()
          if (state.value.kind !== 'opening') return
          const { connectivity } = now
          if (connectivity.kind === 'ended') state.value = { kind: 'failed', cause: connectivity.cause }
          else if (connectivity.kind === 'offline')
            state.value = { kind: 'opening', cause: connectivity.cause }
        },
      }),
    ])
    opened = session
    if (disposed) return void session.close()
    await session.ready
    if (disposed) return
    const { doc, awareness } = session

    const languages = readMeta(doc).languages
    const language = ref(languages.includes(screenLanguage()) ? screenLanguage() : (languages[0] ?? ''))
    const revision = ref(0)
    const { kind, parent, family } = facts.envelope
    const { content } = type
    const above = aboveOf(parent ?? null, languages)
    // It is in the text of everybody who may read it (ADR 0032); shown it is to the team.
    const inTeam = facts.envelope.roles.length > 0
    const own = (): DocumentJson => {
      const all = readDocument(content, doc)
      return inTeam ? all : parseDocument(type, textOf(content, all), languages)
    }
    const { attached, refresh: askAttached } = useAttached(type, facts.envelope)
    const read = (): DocumentJson => ({ ...inherited(own(), above), ...attached.value })
    const json: ShallowRef<DocumentJson> = shallowRef(read())
    const now = shallowRef(facts.envelope)
    let rounds = 0
    watch(
      () => now.value.work === 'in_review',
      () => (rounds += 1),
    )
    const comments = useComments(session.channels.get('comments')!, facts.envelope, ledger)
    const ofPlan =
      type.id === 'plan'
        ? {
            plan: json as unknown as ShallowRef<Plan>,
            calendar: useCalendar(session.channels.get('calendar')!, facts.envelope, ledger),
            beside: useBeside(facts.envelope, facts.organisation),
          }
        : null
    const alike = tools?.useToolsAlike(() => tools.askedBy(json.value, id))
    if (alike) onEnd.push(alike.stop)
    const checked = computed<Report>(() => {
      const known = ofPlan?.beside.facts.value
      const all = checkDocument(type, json.value, {
        languages,
        namesIn: language.value,
        today: today(),
        inForce: now.value.inForce !== null,
        ...(known ? { facts: known } : {}),
        references: references.value,
        departments: facts.organisation.departments,
        policy: facts.organisation.policy,
        family,
        ...(alike ? { coveredBy: alike.coveredBy.value } : {}),
      })
      // Whoever begins from a template fills it in: here nothing is missing.
      return kind === 'template' ? { ...all, outcomes: [], findings: [], missing: [] } : all
    })
    const report = computed(() => {
      // Texts of others are kept in step where they are written.
      const behind = outOfDateFindings((revision.value, outOfDate(content, doc))).filter(
        ({ path }) => above === null || !isInheritedPath(path),
      )
      const { findings } = checked.value
      return comments.withGate({ ...checked.value, findings: [...findings, ...behind] })
    })
    const stopAttached = watch(attached, () => {
      revision.value += 1
      json.value = read()
    })
    onEnd.push(stopAttached)
    /** What is attached depends on the time that the text says it is of. */
    const time = (): string => JSON.stringify(periodIn(type, json.value))
    let asked = time()
    let asking: ReturnType<typeof setTimeout> | undefined
    function askAfterwards(): void {
      if (time() === asked) return
      asked = time()
      clearTimeout(asking)
      asking = setTimeout(() => void askAttached(), ATTACHED_AFTER_MS)
    }
    let scheduled = false
    doc.on('update', () => {
      if (scheduled) return
      scheduled = true
      // One reading a frame, however many keystrokes arrive in it.
      requestAnimationFrame(() => {
        scheduled = false
        revision.value += 1
        json.value = read()
        askAfterwards()
      })
    })

    const others = shallowRef<readonly PresentPerson[]>([])
    const whoIsHere = (): void => void (others.value = presentPeople(session))
    awareness.on('change', whoIsHere)
    awareness.setLocalStateField('user', { ...me, color: COLOURS[doc.clientID % COLOURS.length] })
    awareness.setLocalStateField('section', section)
    whoIsHere()

    state.value = {
      kind: 'open',
      retry: () => session.connection.connect(),
      generation,
      throwAway: (draft) => session.throwAway(draft),
      keepDraft: (draft) => session.keepDraft(draft),
      erase: () => (forget(), session.erase()),
      context: {
        ...ofPlan,
        ...(alike ? { alike } : {}),
        type,
        doc,
        awareness,
        revision,
        json,
        report,
        organisation: facts.organisation,
        envelope: facts.envelope,
        now,
        look: async () => {
          now.value = await getEnvelope(id).catch(() => now.value)
          await askAttached()
        },
        languages,
        language,
        editable: computed(
          () =>
            // An editor bound to a document of a newer shape would delete what it does not know.
            readMeta(doc).schema <= content.version &&
            !['no', 'old'].includes(ledger.value?.write ?? facts.envelope.capabilities.content.write) &&
            ledger.value?.ending !== true &&
            ledger.value?.connectivity.kind !== 'ended',
        ),
        ledger: computed(() => ledger.value!),
        upTo: () => session.port.seq,
        said: () => `${rounds} ${String(now.value.inForce)}`,
        others,
        removal: makeRemoval(doc, content),
        comments,
        above,
      },
    }
  }

  return {
    state,
    show(name) {
      section = name
      opened?.awareness.setLocalStateField('section', name)
    },
  }
}

function presentPeople({ awareness, doc }: OpenDocument): PresentPerson[] {
  const people: PresentPerson[] = []
  for (const [clientId, state] of awareness.getStates()) {
    const user = state['user'] as { id?: unknown; name?: unknown; color?: unknown } | undefined
    // My own other tab is no company.
    if (clientId === doc.clientID || typeof user?.id !== 'string' || user.id === me.id) continue
    people.push({
      clientId,
      id: user.id,
      name: String(user.name ?? user.id),
      colour: String(user.color ?? '#5c6bc0'),
      section: typeof state['section'] === 'string' ? state['section'] : null,
    })
  }
  return people.sort((a, b) => a.name.localeCompare(b.name))
}

interface Facts {
  readonly envelope: DocumentEnvelope
  readonly organisation: Organisation
}

/** The envelope and the organisation: from the server, or as this device last knew them when nobody answers. */
async function rememberedFacts(id: string): Promise<Facts> {
  const key = `auzolan/facts/${home}/${me.id}/${id}`
  try {
    const [envelope, organisation] = await Promise.all([getEnvelope(id), getOrganisation()])
    remember(key, JSON.stringify({ envelope, organisation }))
    return { envelope, organisation }
  } catch (error) {
    const last = causeOf(error) === 'NETWORK' ? recall(key) : null
    if (!last) throw error
    const facts = JSON.parse(last) as Facts
    setTimeZone(facts.organisation.timeZone)
    // Remembered before documents said so of themselves.
    return { ...facts, envelope: { ...facts.envelope, reopened: facts.envelope.reopened ?? [] } }
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // A browser that keeps nothing: the page works, it only cannot be opened without network.
  }
}

function recall(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
