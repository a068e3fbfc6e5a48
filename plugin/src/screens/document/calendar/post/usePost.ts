/** One post on the screen: what it says, what has become of it, and what this person may do with it. */
import { computed, inject, onScopeDispose, provide, ref, shallowRef } from 'vue'
import type { ComputedRef, InjectionKey, Ref } from 'vue'
import type * as Y from 'yjs'
import { itemName } from '@auzolan/shared/checks/required.ts'
import { isChangedOut, isUnreviewed, statusOf, type PostStatus } from '@auzolan/shared/posts/life.ts'
import { lengthsOf, type Length } from '@auzolan/shared/posts/lengths.ts'
import { outAtOf, placed, type Placed } from '@auzolan/shared/posts/placed.ts'
import { stepsOf, type PostSteps } from '@auzolan/shared/posts/next-step.ts'
import {
  asWritten,
  authoredIn,
  isDecidedOn,
  isEmergency,
  postOf,
  postSha256,
  wholePost,
  type WholePost,
} from '@auzolan/shared/posts/post.ts'
import type { PostState } from '@auzolan/shared/protocol/posts.ts'
import { calendar as SECTION } from '@auzolan/shared/schema/calendar.ts'
import { ListPlace, ORDER_KEY, type RecordPlace } from '@auzolan/shared/schema/shapes.ts'
import type { Profile } from '@auzolan/shared/schema/plan.ts'
import { usePlanContext } from '../../../../documents/context.ts'
import { me } from '../../../../host.ts'
import { t } from '../../../../l10n.ts'
import { keepLooking } from '../../../../parts/keep-looking.ts'
import { references } from '../../../../references.ts'
import { usePostFindings, type PostFindings } from './findings.ts'
import type { UsedConsents } from '../consents/useConsents.ts'

export interface UsedPost extends PostFindings {
  readonly id: string
  readonly place: RecordPlace
  readonly whole: ComputedRef<WholePost>
  readonly title: ComputedRef<string>
  /** Which language is on a phone's screen; it is no language of the plan's. */
  readonly tab: Ref<string>
  /** `null` for an idea that nobody has done anything with. */
  readonly state: ComputedRef<PostState | null>
  /** Of what it says now. */
  readonly sha256: ComputedRef<string>
  readonly status: ComputedRef<PostStatus>
  /** It was approved, and says something else by now. */
  readonly changedSince: ComputedRef<boolean>
  /** It is out, and says something else here by now. */
  readonly changedOut: ComputedRef<boolean>
  /** Where it stands in the calendar. */
  readonly placed: ComputedRef<Placed>
  readonly emergency: ComputedRef<boolean>
  readonly wrote: ComputedRef<boolean>
  /** Changes when the post was read in this language, sent to review or approved. */
  readonly said: (language: string) => string
  readonly steps: ComputedRef<PostSteps>
  readonly profiles: ComputedRef<readonly Profile[]>
  /** What a profile is called: "Haranberriko Udala, Mastodon". */
  readonly profileName: (profile: Profile) => string
  readonly lengths: ComputedRef<readonly Length[]>
}

const KEY: InjectionKey<UsedPost> = Symbol('post')

/** @param id of a post that is there; the component ends when it goes */
export function providePost(id: string, consents: UsedConsents): UsedPost {
  const { plan, calendar, envelope, languages, language, organisation } = usePlanContext()
  const list = new ListPlace(calendar.doc, SECTION.fields.posts)
  let last: WholePost | null = null
  // While it is being taken away, the screen still shows it for a moment.
  const whole = computed(() => (last = wholePost(calendar.calendar.value, id) ?? last!))
  const state = computed(() => calendar.states.value.get(id) ?? null)
  const sha256 = computed(() => postSha256(whole.value))
  const stands = computed(() => statusOf(state.value, () => sha256.value))
  const status = computed(() => asWritten(whole.value, stands.value))
  const changedOut = computed(() => state.value !== null && isChangedOut(state.value, sha256.value))
  const profiles = computed(() =>
    whole.value.post.profileIds.flatMap(
      (profile) => plan.value.profiles.profiles.find((one) => one.id === profile) ?? [],
    ),
  )
  const emergency = computed(() => isEmergency(whole.value.post))
  const wroteHere = useWroteHere(calendar.doc, id)
  const wrote = computed(() =>
    authoredIn(whole.value).some(
      (record) =>
        wroteHere.value.has(record) ||
        (calendar.authors.value[record] ?? []).some((author) => author.id === me.id),
    ),
  )
  // What others have done with it meanwhile.
  keepLooking(async () => {
    const before = calendar.states.value
    const said = JSON.stringify([...before.values()])
    await calendar.refresh()
    return JSON.stringify([...calendar.states.value.values()]) !== said
  })
  const post: UsedPost = {
    id,
    place: list.record(id)!,
    whole,
    tab: ref(languages[0] ?? ''),
    title: computed(() => whole.value.post.title.trim() || t('Post without a title')),
    state,
    sha256,
    status,
    changedSince: computed(() => state.value !== null && state.value.status !== stands.value),
    changedOut,
    placed: computed(() =>
      placed(whole.value.post, outAtOf(state.value?.published ?? []), organisation.timeZone),
    ),
    emergency,
    wrote,
    said: (one) => {
      const now = state.value
      if (!now) return ''
      const read = now.reviews.find(({ language: of }) => of === one)
      const sent = now.status === 'idea' || now.status === 'drafting' ? '' : now.status
      return [sent, now.approved, read?.sha256].join(' ')
    },
    steps: computed(() =>
      stepsOf({
        status: status.value,
        roles: envelope.archive === null ? envelope.roles : [],
        emergency: emergency.value,
        changedOut: changedOut.value,
        unreviewed: state.value !== null && isUnreviewed(state.value),
        wrote: wrote.value,
        everywhere:
          profiles.value.length > 0 &&
          profiles.value.every((profile) => state.value?.published.some((out) => out.profile === profile.id)),
      }),
    ),
    profiles,
    profileName: (profile) => itemName(profile, language.value, references.value),
    lengths: computed(() =>
      lengthsOf(whole.value, plan.value.profiles.profiles, languages, references.value.networks),
    ),
    ...usePostFindings(whole, state, consents),
  }
  provide(KEY, post)
  return post
}

/** Before the server has counted them in, whoever has just written something knows that they have: in the post, or in which media. */
function useWroteHere(doc: Y.Doc, id: string): Ref<ReadonlySet<string>> {
  const wrote = shallowRef<ReadonlySet<string>>(new Set())
  const add = (records: readonly string[]): void => {
    if (records.some((one) => !wrote.value.has(one))) wrote.value = new Set([...wrote.value, ...records])
  }
  const { posts, variants, mentions, media } = SECTION.fields
  for (const { root } of [posts, variants, mentions, media]) {
    const map = doc.getMap(root)
    const note = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[], { local }: Y.Transaction): void => {
      if (!local) return
      if (root === media.root) {
        const isWritten = ({ path: [record, field], keys }: Y.YEvent<Y.AbstractType<unknown>>): boolean =>
          record !== undefined && (field !== undefined || [...keys.keys()].some((key) => key !== ORDER_KEY))
        return add(events.filter(isWritten).map(({ path: [record] }) => String(record)))
      }
      const mine = events.some((event) => {
        const [record, field] = event.path.map(String)
        if (record === undefined)
          return [...event.keys.keys()].some((key) => key !== id && postOf(key) === id)
        if (record !== id) return postOf(record) === id
        const fields = field === undefined ? [...event.keys.keys()] : [field]
        return fields.some((one) => isDecidedOn(one.replace(/:.*$/, '')))
      })
      if (mine) add([id])
    }
    map.observeDeep(note as never)
    onScopeDispose(() => map.unobserveDeep(note as never))
  }
  return wrote
}

export function usePost(): UsedPost {
  const post = inject(KEY)
  if (!post) throw new Error('outside of a post')
  return post
}
