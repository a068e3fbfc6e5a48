/** The composition root: the one place that knows which class stands behind which name. */
import 'reflect-metadata'
import tsyringe, { type DependencyContainer, type InjectionToken } from 'tsyringe'
import type { Logger } from 'pino'
import { channelId, channelNameOf, documentOf, parseDocumentId, type ChannelId } from '@auzolan/shared/ids.ts'
import {
  FILES_AT_ONCE_MAX,
  FILES_PER_DOCUMENT_MAX_BYTES,
  FILE_BYTES_BURST,
  FILE_BYTES_PER_SECOND,
  type Capacity,
} from '@auzolan/shared/limits.ts'
import { COMMENTS_ROOT } from '@auzolan/shared/schema/comments.ts'
import { hasChannel, typeOf } from '@auzolan/shared/schema/channels.ts'
import { rootsOf } from '@auzolan/shared/schema/shapes.ts'
import { Access } from './access/access.ts'
import type { Revocations } from './access/revocations.ts'
import { Tokens, type TokenOptions } from './access/tokens.ts'
import type { Awaited } from './awaited.ts'
import type { Bus } from './bus/bus.ts'
import { Commenters } from './comments/commenters.ts'
import { Comments } from './comments/comments.ts'
import { Mentioned } from './comments/mentioned.ts'
import { Mentions } from './comments/mentions.ts'
import { Suggestions } from './comments/suggestions.ts'
import { Consents } from './consents/consents.ts'
import { FigureTasks } from './figures/figure-tasks.ts'
import { FigureRows } from './figures/figures.ts'
import { Compaction } from './compaction/compaction.ts'
import { Keeper } from './compaction/keeper.ts'
import { Arranging } from './documents/arranging.ts'
import { Copies } from './documents/copies.ts'
import { Documents } from './documents/documents.ts'
import { PlansAtAGlance } from './documents/glance.ts'
import { oversees } from './documents/above.ts'
import { Parents } from './documents/parents.ts'
import { Templates } from './documents/templates.ts'
import { EditSessions } from './documents/edit-sessions.ts'
import { Files } from './files/files.ts'
import type { FileStore } from './files/store.ts'
import { Unnamed } from './files/unnamed.ts'
import { Exchanges } from './gateway/exchange.ts'
import { Portions } from './gateway/portions.ts'
import type { SyncPorts } from './gateway/session.ts'
import { Sockets } from './gateway/sockets.ts'
import { AuditExport } from './journal/audit-export.ts'
import { Attribution } from './history/attribution.ts'
import { Happened } from './history/happened.ts'
import { Names } from './history/names.ts'
import { NamedVersions } from './history/naming.ts'
import { SeenMarks } from './history/seen.ts'
import type { Journal, LogEntry } from './journal/journal.ts'
import { Metrics } from './metrics.ts'
import { knownEverywhere } from './nodes/joining.ts'
import { PersonalData } from './personal-data/personal-data.ts'
import { DescribedOrganisation } from './organisation/described.ts'
import { ReferenceLists } from './organisation/reference-lists.ts'
import { Moderation } from './profiles/moderation.ts'
import { Calendars } from './posts/calendars.ts'
import { Out } from './posts/out.ts'
import { PostTasks } from './posts/post-tasks.ts'
import { Stopped } from './posts/stopped.ts'
import { PostsOverview } from './posts/overview.ts'
import { PostAuthors } from './posts/post-authors.ts'
import { PostGates } from './posts/post-gates.ts'
import { Posts } from './posts/posts.ts'
import { Profiles } from './profiles/profiles.ts'
import { Trainings } from './profiles/trainings.ts'
import type { ChannelRules } from './rooms/admission.ts'
import { Acknowledgements } from './review/acknowledgements.ts'
import { Archiving } from './review/archiving.ts'
import { Decisions } from './review/decisions.ts'
import { Delegating, type DelegatingPorts } from './review/delegating.ts'
import { Delegations, type DelegationPorts } from './review/delegations.ts'
import { FirstEdit } from './review/first-edit.ts'
import { Opinions } from './review/opinions.ts'
import { Publications } from './review/publications.ts'
import { Reopenings } from './review/reopenings.ts'
import { Reviews } from './review/reviews.ts'
import type { ReceiptKeys } from './review/signing-keys.ts'
import { Standings } from './review/standing.ts'
import { Submissions } from './review/submissions.ts'
import { Versions } from './review/versions.ts'
import { Heard } from './heard/heard.ts'
import { Retention } from './heard/retention.ts'
import { Digests } from './reminding/digests.ts'
import { OverdueFigures } from './reminding/overdue-figures.ts'
import { OverduePosts } from './reminding/overdue-posts.ts'
import { UnconfirmedBlocks } from './reminding/unconfirmed-blocks.ts'
import { Reminding } from './reminding/reminding.ts'
import type { Room } from './rooms/room.ts'
import { attachedTo } from './reports/attached.ts'
import { Reports } from './reports/reports.ts'
import { Rooms } from './rooms/rooms.ts'
import { ScoringRounds } from './scoring/scoring-rounds.ts'
import { ScoreTasks } from './scoring/score-tasks.ts'
import { Sheets } from './scoring/sheets.ts'
import { Settling } from './catalogue/settling.ts'
import { ToolSuggestions } from './catalogue/tool-suggestions.ts'
import { CatalogueEntries } from './catalogue/entries.ts'
import { ToolUpkeep } from './catalogue/upkeep.ts'
import { UpkeepTasks } from './catalogue/upkeep-tasks.ts'
import { SaidToday } from './catalogue/said-today.ts'
import { ToolReminders } from './reminding/tool-upkeep.ts'
import { Search } from './search/search.ts'
import { Previews } from './search/previews.ts'
import { SuggestionsFound } from './search/suggestions-found.ts'
import { ToolsFound } from './search/tools-found.ts'
import { SearchIndex } from './search/search-index.ts'
import { WeightSets } from './scoring/weight-sets.ts'
import { ToolsAlike } from './tools/tools-alike.ts'
import { Teams } from './teams/teams.ts'

const { container: root, instanceCachingFactory } = tsyringe

export const LOG = Symbol('log') as InjectionToken<Logger>
export const JOURNAL = Symbol('journal') as InjectionToken<Journal>
export const COMPACTION = Symbol('compaction') as InjectionToken<Compaction>
export const DOCUMENTS = Symbol('documents') as InjectionToken<Documents>
export const TEAMS = Symbol('teams') as InjectionToken<Teams>
export const ARRANGING = Symbol('arranging') as InjectionToken<Arranging>
export const PARENTS = Symbol('parents') as InjectionToken<Parents>
export const REPORTS = Symbol('reports') as InjectionToken<Reports>
export const TEMPLATES = Symbol('templates') as InjectionToken<Templates>
export const GLANCE = Symbol('plans at a glance') as InjectionToken<PlansAtAGlance>
export const COPIES = Symbol('copies') as InjectionToken<Copies>
export const COMMENTERS = Symbol('commenters') as InjectionToken<Commenters>
export const COMMENTS = Symbol('comments') as InjectionToken<Comments>
export const SUGGESTIONS = Symbol('suggestions') as InjectionToken<Suggestions>
export const MENTIONED = Symbol('mentioned') as InjectionToken<Mentioned>
export const MENTIONS = Symbol('mentions') as InjectionToken<Mentions>
export const VERSIONS = Symbol('versions') as InjectionToken<Versions>
export const STANDINGS = Symbol('standings') as InjectionToken<Standings>
export const SUBMISSIONS = Symbol('submissions') as InjectionToken<Submissions>
export const OPINIONS = Symbol('opinions') as InjectionToken<Opinions>
export const DELEGATING = Symbol('delegating') as InjectionToken<Delegating>
export const DELEGATIONS = Symbol('delegations') as InjectionToken<Delegations>
export const DECISIONS = Symbol('decisions') as InjectionToken<Decisions>
export const PUBLICATIONS = Symbol('publications') as InjectionToken<Publications>
export const PROFILES = Symbol('profiles') as InjectionToken<Profiles>
export const STOPPED = Symbol('stopped') as InjectionToken<Stopped>
export const POSTS_OVERVIEW = Symbol('posts overview') as InjectionToken<PostsOverview>
export const CALENDARS = Symbol('calendars') as InjectionToken<Calendars>
export const POST_AUTHORS = Symbol('post authors') as InjectionToken<PostAuthors>
export const POSTS = Symbol('posts') as InjectionToken<Posts>
export const POST_TASKS = Symbol('post tasks') as InjectionToken<PostTasks>
export const OVERDUE_POSTS = Symbol('overdue posts') as InjectionToken<OverduePosts>
export const OUT = Symbol('out') as InjectionToken<Out>
export const MODERATION = Symbol('moderation') as InjectionToken<Moderation>
export const TRAININGS = Symbol('trainings') as InjectionToken<Trainings>
export const FILE_STORE = Symbol('file store') as InjectionToken<FileStore>
export const FILES = Symbol('files') as InjectionToken<Files>
export const UNNAMED = Symbol('unnamed files') as InjectionToken<Unnamed>
export const CONSENTS = Symbol('consents') as InjectionToken<Consents>
export const FIGURES = Symbol('figures') as InjectionToken<FigureRows>
export const TOOLS_ALIKE = Symbol('tools alike') as InjectionToken<ToolsAlike>
export const SCORING_ROUNDS = Symbol('scoring rounds') as InjectionToken<ScoringRounds>
export const WEIGHT_SETS = Symbol('weights') as InjectionToken<WeightSets>
export const SHEETS = Symbol('score sheets') as InjectionToken<Sheets>
export const FIGURE_TASKS = Symbol('figure tasks') as InjectionToken<FigureTasks>
export const OVERDUE_FIGURES = Symbol('overdue figures') as InjectionToken<OverdueFigures>
export const HEARD = Symbol('heard') as InjectionToken<Heard>
export const PERSONAL_DATA = Symbol('personal data') as InjectionToken<PersonalData>
export const RETENTION = Symbol('retention') as InjectionToken<Retention>
export const ARCHIVING = Symbol('archiving') as InjectionToken<Archiving>
export const EDIT_SESSIONS = Symbol('edit sessions') as InjectionToken<EditSessions>
export const FIRST_EDIT = Symbol('first edit') as InjectionToken<FirstEdit>
export const AUDIT_EXPORT = Symbol('audit export') as InjectionToken<AuditExport>
export const SCORE_TASKS = Symbol('score tasks') as InjectionToken<ScoreTasks>
export const REOPENINGS = Symbol('reopenings') as InjectionToken<Reopenings>
export const REVIEWS = Symbol('reviews') as InjectionToken<Reviews>
export const REMINDING = Symbol('reminding') as InjectionToken<Reminding>
export const UNCONFIRMED_BLOCKS = Symbol('unconfirmed blocks') as InjectionToken<UnconfirmedBlocks>
export const DIGESTS = Symbol('digests') as InjectionToken<Digests>
export const NAMES = Symbol('names') as InjectionToken<Names>
export const ATTRIBUTION = Symbol('attribution') as InjectionToken<Attribution>
export const NAMED_VERSIONS = Symbol('named versions') as InjectionToken<NamedVersions>
export const HAPPENED = Symbol('happened') as InjectionToken<Happened>
export const ACKNOWLEDGEMENTS = Symbol('acknowledgements') as InjectionToken<Acknowledgements>
export const SEEN = Symbol('seen') as InjectionToken<SeenMarks>
export const ORGANISATION = Symbol('organisation') as InjectionToken<DescribedOrganisation>
export const REFERENCE_LISTS = Symbol('reference lists') as InjectionToken<ReferenceLists>
export const UPKEEP = Symbol('what is said of tools') as InjectionToken<ToolUpkeep>
export const SAID_TODAY = Symbol('what is said of tools today') as InjectionToken<SaidToday>
export const UPKEEP_TASKS = Symbol('upkeep tasks') as InjectionToken<UpkeepTasks>
export const TOOL_REMINDERS = Symbol('tool reminders') as InjectionToken<ToolReminders>
export const CATALOGUE = Symbol('catalogue') as InjectionToken<CatalogueEntries>
export const TOOL_SUGGESTIONS = Symbol('tool suggestions') as InjectionToken<ToolSuggestions>
export const SETTLING = Symbol('settling') as InjectionToken<Settling>
export const SEARCH = Symbol('search') as InjectionToken<Search>
export const TOOLS_FOUND = Symbol('tools found') as InjectionToken<ToolsFound>
export const SUGGESTIONS_FOUND = Symbol('suggestions found') as InjectionToken<SuggestionsFound>
export const PREVIEWS = Symbol('previews') as InjectionToken<Previews>
export const SEARCH_INDEX = Symbol('search index') as InjectionToken<SearchIndex>
export const KEEPER = Symbol('keeper') as InjectionToken<Keeper>
export const METRICS = Symbol('metrics') as InjectionToken<Metrics>
export const ROOMS = Symbol('rooms') as InjectionToken<Rooms>
export const ACCESS = Symbol('access') as InjectionToken<Access>
export const TOKENS = Symbol('tokens') as InjectionToken<Tokens>
export const SOCKETS = Symbol('sockets') as InjectionToken<Sockets>
export const SIGNING_KEYS = Symbol('signing keys') as InjectionToken<ReceiptKeys>
export const EXCHANGES = Symbol('exchanges') as InjectionToken<Exchanges>

export interface Ground {
  readonly journal: Journal
  readonly bus: Bus
  readonly awaited: Awaited
  readonly log: Logger
  readonly revocations: Revocations
  readonly signingKeys: ReceiptKeys
  readonly fileStore: FileStore
  /** Where all of it lies. */
  readonly dataFolder: string
  readonly askNow: DelegatingPorts['askNow']
  readonly belonging: DelegationPorts['belonging']
  readonly capacity: Capacity
  readonly tokenOptions: Omit<TokenOptions, 'now'>
  /** What a proxy may leave in front of every path. */
  readonly prefixes: readonly string[]
  readonly now: () => Date
}

export function buildContainer(ground: Ground): DependencyContainer {
  const container = root.createChildContainer()
  const provide = <T>(token: InjectionToken<T>, make: (c: DependencyContainer) => T): void => {
    container.register(token, { useFactory: instanceCachingFactory(make) })
  }
  provide(LOG, () => ground.log)
  provide(JOURNAL, () => ground.journal)
  provide(SIGNING_KEYS, () => ground.signingKeys)
  provide(COMPACTION, () => new Compaction())
  provide(
    DOCUMENTS,
    (c) => new Documents(c.resolve(JOURNAL), c.resolve(COMPACTION), c.resolve(TEAMS), ground.now),
  )
  provide(TEAMS, (c) => new Teams(c.resolve(JOURNAL), ground.now))
  provide(
    ARRANGING,
    (c) => new Arranging(c.resolve(JOURNAL), c.resolve(DOCUMENTS), c.resolve(TEAMS), ground.now),
  )
  provide(
    COPIES,
    (c) => new Copies(c.resolve(JOURNAL), c.resolve(COMPACTION), c.resolve(DOCUMENTS), c.resolve(PARENTS)),
  )
  provide(PARENTS, (c) => {
    const documents = c.resolve(DOCUMENTS)
    return new Parents(
      c.resolve(JOURNAL),
      c.resolve(TEAMS),
      ground.now,
      documents.standingChanged.bind(documents),
    )
  })
  provide(REPORTS, (c) => new Reports(c.resolve(DOCUMENTS), c.resolve(ACCESS), c.resolve(JOURNAL)))
  provide(TEMPLATES, (c) => new Templates({ ...reviewed(c), namedVersions: c.resolve(NAMED_VERSIONS) }))
  provide(GLANCE, (c) => new PlansAtAGlance(reviewed(c)))
  provide(ORGANISATION, (c) => new DescribedOrganisation(c.resolve(JOURNAL), ground.now))
  provide(REFERENCE_LISTS, (c) => new ReferenceLists(c.resolve(JOURNAL), ground.now))
  provide(VERSIONS, (c) => new Versions(c.resolve(JOURNAL), c.resolve(COMPACTION), attachedTo))
  provide(
    STANDINGS,
    (c) =>
      new Standings(
        c.resolve(JOURNAL),
        c.resolve(TEAMS),
        c.resolve(VERSIONS),
        c.resolve(ORGANISATION),
        ground.now,
      ),
  )
  /** What everything about reviews stands on. */
  const reviewed = (c: DependencyContainer) => ({
    journal: c.resolve(JOURNAL),
    documents: c.resolve(DOCUMENTS),
    teams: c.resolve(TEAMS),
    standings: c.resolve(STANDINGS),
    versions: c.resolve(VERSIONS),
    comments: c.resolve(COMMENTS),
    suggestions: c.resolve(SUGGESTIONS),
    organisation: c.resolve(ORGANISATION),
    lists: c.resolve(REFERENCE_LISTS),
    keys: c.resolve(SIGNING_KEYS),
    askNow: ground.askNow,
    belonging: ground.belonging,
    names: c.resolve(NAMES),
    now: ground.now,
  })
  provide(DELEGATIONS, (c) => new Delegations(reviewed(c)))
  /** What those need who look whether somebody decides in the place of somebody else. */
  const delegable = (c: DependencyContainer) => ({ ...reviewed(c), delegations: c.resolve(DELEGATIONS) })
  provide(NAMES, (c) => new Names(c.resolve(JOURNAL)))
  provide(ATTRIBUTION, (c) => new Attribution(c.resolve(JOURNAL), c.resolve(VERSIONS), c.resolve(NAMES)))
  provide(NAMED_VERSIONS, (c) => new NamedVersions(reviewed(c)))
  provide(MENTIONED, (c) => new Mentioned(c.resolve(JOURNAL), c.resolve(DOCUMENTS)))
  provide(HAPPENED, (c) => new Happened(c.resolve(JOURNAL), c.resolve(NAMES)))
  provide(ACKNOWLEDGEMENTS, (c) => new Acknowledgements(reviewed(c)))
  provide(SEEN, (c) => new SeenMarks(reviewed(c)))
  provide(COMMENTERS, (c) => new Commenters(c.resolve(JOURNAL)))
  provide(COMMENTS, (c) => new Comments(c.resolve(JOURNAL), c.resolve(COMPACTION), c.resolve(COMMENTERS)))
  provide(
    SUGGESTIONS,
    (c) =>
      new Suggestions({
        journal: c.resolve(JOURNAL),
        standings: c.resolve(STANDINGS),
        comments: c.resolve(COMMENTS),
        now: ground.now,
      }),
  )
  provide(
    MENTIONS,
    (c) =>
      new Mentions({
        journal: c.resolve(JOURNAL),
        documents: c.resolve(DOCUMENTS),
        teams: c.resolve(TEAMS),
        comments: c.resolve(COMMENTS),
        commenters: c.resolve(COMMENTERS),
        askNow: ground.askNow,
        log: c.resolve(LOG),
        now: ground.now,
      }),
  )
  provide(SUBMISSIONS, (c) => new Submissions(reviewed(c)))
  provide(OPINIONS, (c) => new Opinions(reviewed(c)))
  provide(
    DELEGATING,
    (c) =>
      new Delegating({
        ...delegable(c),
        reconsider: (documents) => void c.resolve(SOCKETS).reconsider(documents),
      }),
  )
  provide(DECISIONS, (c) => new Decisions(delegable(c)))
  provide(REOPENINGS, (c) => new Reopenings(reviewed(c)))
  provide(REVIEWS, (c) => new Reviews(delegable(c)))
  provide(PUBLICATIONS, (c) => new Publications(reviewed(c)))
  provide(PROFILES, (c) => new Profiles(reviewed(c)))
  provide(CALENDARS, (c) => new Calendars(c.resolve(JOURNAL), c.resolve(COMPACTION)))
  provide(POST_AUTHORS, (c) => new PostAuthors(c.resolve(JOURNAL)))
  const ofPosts = (c: DependencyContainer) => ({
    ...reviewed(c),
    calendars: c.resolve(CALENDARS),
    authors: c.resolve(POST_AUTHORS),
  })
  provide(
    POSTS,
    (c) =>
      new Posts({
        ...ofPosts(c),
        gates: new PostGates(reviewed(c)),
        catchUp: (document) => c.resolve(KEEPER).catchUp(channelId(document, 'calendar')),
      }),
  )
  provide(POST_TASKS, (c) => new PostTasks(ofPosts(c)))
  provide(OVERDUE_POSTS, (c) => new OverduePosts(ofPosts(c)))
  provide(STOPPED, (c) => new Stopped(new PostGates(reviewed(c))))
  provide(
    OUT,
    (c) =>
      new Out({
        ...reviewed(c),
        calendars: c.resolve(CALENDARS),
        stopped: c.resolve(STOPPED),
        pageAt: (path) => `${ground.tokenOptions.issuer}/index.php/apps/auzolan${path}`,
      }),
  )
  provide(
    POSTS_OVERVIEW,
    (c) =>
      new PostsOverview({
        ...reviewed(c),
        access: c.resolve(ACCESS),
        calendars: c.resolve(CALENDARS),
        stopped: c.resolve(STOPPED),
      }),
  )
  provide(MODERATION, (c) => new Moderation(reviewed(c)))
  provide(TRAININGS, (c) => new Trainings(reviewed(c)))
  provide(FILE_STORE, () => ground.fileStore)
  const portions = new Portions(FILE_BYTES_PER_SECOND, FILE_BYTES_BURST, FILES_AT_ONCE_MAX)
  provide(
    FILES,
    (c) =>
      new Files({
        journal: c.resolve(JOURNAL),
        standings: c.resolve(STANDINGS),
        store: c.resolve(FILE_STORE),
        usage: (document) => c.resolve(CALENDARS).usage(document),
        portion: portions.begin.bind(portions),
        documentMaxBytes: FILES_PER_DOCUMENT_MAX_BYTES,
        now: ground.now,
      }),
  )
  provide(
    UNNAMED,
    (c) =>
      new Unnamed({
        journal: c.resolve(JOURNAL),
        files: c.resolve(FILES),
        store: c.resolve(FILE_STORE),
        now: ground.now,
      }),
  )
  provide(CONSENTS, (c) => new Consents(reviewed(c)))
  provide(FIGURES, (c) => new FigureRows(reviewed(c)))
  provide(SCORING_ROUNDS, (c) => new ScoringRounds(reviewed(c)))
  provide(WEIGHT_SETS, (c) => new WeightSets(c.resolve(JOURNAL), ground.now))
  provide(SHEETS, (c) => new Sheets(reviewed(c)))
  provide(TOOLS_ALIKE, (c) => new ToolsAlike(reviewed(c)))
  provide(SCORE_TASKS, (c) => new ScoreTasks(reviewed(c)))
  provide(FIGURE_TASKS, (c) => new FigureTasks(reviewed(c)))
  provide(OVERDUE_FIGURES, (c) => new OverdueFigures(reviewed(c)))
  provide(HEARD, (c) => new Heard(reviewed(c)))
  provide(RETENTION, (c) => new Retention(reviewed(c)))
  provide(
    PERSONAL_DATA,
    (c) =>
      new PersonalData({
        ...reviewed(c),
        arranging: c.resolve(ARRANGING),
        compaction: c.resolve(COMPACTION),
        keeper: c.resolve(KEEPER),
        knownEverywhere: () => knownEverywhere(ground.bus),
        folder: ground.dataFolder,
        log: c.resolve(LOG),
      }),
  )
  provide(ARCHIVING, (c) => new Archiving(reviewed(c)))
  provide(FIRST_EDIT, (c) => new FirstEdit(reviewed(c)))
  provide(EDIT_SESSIONS, (c) => new EditSessions(c.resolve(JOURNAL), ground.now))
  provide(AUDIT_EXPORT, (c) => new AuditExport(c.resolve(JOURNAL), ground.now))
  provide(REMINDING, (c) => new Reminding(reviewed(c)))
  provide(UNCONFIRMED_BLOCKS, (c) => new UnconfirmedBlocks(reviewed(c)))
  provide(DIGESTS, (c) => new Digests(reviewed(c)))
  provide(CATALOGUE, (c) => new CatalogueEntries(reviewed(c)))
  const listed = (c: DependencyContainer) => ({ ...reviewed(c), catalogue: c.resolve(CATALOGUE) })
  provide(UPKEEP, (c) => new ToolUpkeep(listed(c)))
  provide(SAID_TODAY, (c) => new SaidToday(listed(c)))
  provide(UPKEEP_TASKS, (c) => new UpkeepTasks(listed(c)))
  provide(TOOL_REMINDERS, (c) => new ToolReminders(listed(c)))
  provide(TOOL_SUGGESTIONS, (c) => new ToolSuggestions({ ...reviewed(c), catalogue: c.resolve(CATALOGUE) }))
  provide(SETTLING, (c) => {
    const access = c.resolve(ACCESS)
    return new Settling({ ...reviewed(c), enter: access.enter.bind(access) })
  })
  provide(SEARCH, (c) => new Search(c.resolve(JOURNAL), c.resolve(DOCUMENTS), c.resolve(TEAMS)))
  provide(
    TOOLS_FOUND,
    (c) => new ToolsFound(c.resolve(CATALOGUE), c.resolve(REFERENCE_LISTS), c.resolve(SAID_TODAY)),
  )
  provide(SUGGESTIONS_FOUND, (c) => new SuggestionsFound(c.resolve(JOURNAL), c.resolve(REFERENCE_LISTS)))
  provide(
    PREVIEWS,
    (c) =>
      new Previews({
        journal: c.resolve(JOURNAL),
        access: c.resolve(ACCESS),
        documents: c.resolve(DOCUMENTS),
        catalogue: c.resolve(CATALOGUE),
        suggestions: c.resolve(SUGGESTIONS_FOUND),
        toolSuggestions: c.resolve(TOOL_SUGGESTIONS),
      }),
  )
  provide(
    SEARCH_INDEX,
    (c) =>
      new SearchIndex({
        journal: c.resolve(JOURNAL),
        compaction: c.resolve(COMPACTION),
        comments: c.resolve(COMMENTS),
        log: c.resolve(LOG),
      }),
  )
  provide(METRICS, () => new Metrics())
  provide(KEEPER, (c) => {
    const keeper = new Keeper(
      c.resolve(COMPACTION),
      c.resolve(DOCUMENTS),
      c.resolve(JOURNAL),
      // Rooms tell the keeper what was edited, the keeper tells rooms what was replaced.
      () => c.resolve(ROOMS),
      c.resolve(METRICS),
      c.resolve(LOG),
    )
    for (const reader of [
      c.resolve(ATTRIBUTION),
      c.resolve(EDIT_SESSIONS),
      c.resolve(FIRST_EDIT),
      c.resolve(POST_AUTHORS),
    ])
      keeper.onRead(reader.read.bind(reader))
    return keeper
  })
  provide(ROOMS, (c) => {
    const keeper = c.resolve(KEEPER)
    const metrics = c.resolve(METRICS)
    const mentions = c.resolve(MENTIONS)
    const index = c.resolve(SEARCH_INDEX)
    const watcher = {
      opened: (room: Room) => {
        keeper.opened(room)
        index.edited(room)
      },
      edited: (room: Room, entries: readonly LogEntry[]) => {
        keeper.edited(room, entries)
        mentions.edited(room)
        index.edited(room)
      },
      readOn: (room: Room, entries: number) => {
        metrics.readOn(entries)
        keeper.readOn(room)
      },
      left: keeper.left.bind(keeper),
      committed: metrics.committed.bind(metrics),
    }
    return new Rooms(
      c.resolve(JOURNAL),
      rulesOfChannel(c.resolve(DOCUMENTS)),
      c.resolve(LOG),
      watcher,
      ground.capacity,
      ground.bus,
      ground.awaited,
    )
  })
  provide(ACCESS, (c) => {
    const delegations = c.resolve(DELEGATIONS)
    const [journal, teams] = [c.resolve(JOURNAL), c.resolve(TEAMS)]
    return new Access(c.resolve(DOCUMENTS), teams, delegations.lends.bind(delegations), (claims, parent) =>
      oversees(journal.rows, teams, parent, claims),
    )
  })
  provide(
    TOKENS,
    (c) => new Tokens({ ...ground.tokenOptions, now: ground.now }, c.resolve(JOURNAL), ground.revocations),
  )
  const syncPorts = (c: DependencyContainer): SyncPorts => ({
    tokens: c.resolve(TOKENS),
    access: c.resolve(ACCESS),
    rooms: c.resolve(ROOMS),
    commenters: c.resolve(COMMENTERS),
    capacity: ground.capacity,
    meter: c.resolve(METRICS),
    awaited: ground.awaited,
    log: c.resolve(LOG),
  })
  provide(SOCKETS, (c) => new Sockets(syncPorts(c), ground.prefixes))
  provide(EXCHANGES, (c) => new Exchanges(syncPorts(c)))
  return container
}

/** What a client may write in a channel. `meta` is the server's own: no client ever writes there. */
const rulesOfChannel =
  (documents: Documents) =>
  async (channel: ChannelId): Promise<ChannelRules | null> => {
    const id = parseDocumentId(documentOf(channel))
    const document = id && (await documents.find(id))
    if (!document) return null
    if (!hasChannel(document.type, channelNameOf(channel))) return null
    const type = typeOf(channel, document.type)
    return type
      ? { roots: new Set(rootsOf(type, document.languages).keys()), appendOnly: false }
      : { roots: new Set([COMMENTS_ROOT]), appendOnly: true }
  }
