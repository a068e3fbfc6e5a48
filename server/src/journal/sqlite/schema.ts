/** The SQLite tables, as a list of migrations: the database remembers in `user_version` how many it has had. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE channel (
    id TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE entry (
    channel TEXT NOT NULL REFERENCES channel(id),
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (channel, seq)
  );

  -- One Yjs client id belongs to one person, for ever. "clock" is how far that client has written.
  CREATE TABLE author (
    channel TEXT NOT NULL REFERENCES channel(id),
    client INTEGER NOT NULL,
    person TEXT NOT NULL,
    clock INTEGER NOT NULL,
    PRIMARY KEY (channel, client)
  ) WITHOUT ROWID;

  CREATE TABLE team (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL
  );

  CREATE TABLE membership (
    team_id TEXT NOT NULL REFERENCES team(id),
    principal_kind TEXT NOT NULL CHECK (principal_kind IN ('person', 'group')),
    principal_id TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (team_id, principal_kind, principal_id, role)
  ) WITHOUT ROWID;
  CREATE INDEX membership_principal ON membership (principal_kind, principal_id);

  CREATE TABLE document (
    id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    languages TEXT NOT NULL,
    team_id TEXT NOT NULL REFERENCES team(id),
    work TEXT NOT NULL,
    in_force INTEGER,
    visibility TEXT NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  );
  CREATE INDEX document_team ON document (team_id);

  CREATE TABLE spent_ticket (
    jti TEXT PRIMARY KEY,
    expires_at INTEGER NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) WITHOUT ROWID;
  `,
  `
  ALTER TABLE channel ADD COLUMN epoch_cause TEXT NOT NULL DEFAULT 'birth';

  -- The log of a channel up to "seq" in one update, gzip; "bytes" is its length before that.
  CREATE TABLE snapshot (
    channel TEXT PRIMARY KEY REFERENCES channel(id),
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    gzip BLOB NOT NULL,
    bytes INTEGER NOT NULL
  );

  -- Counted when an entry is written, because compaction forgets who deleted what.
  CREATE TABLE contribution (
    channel TEXT NOT NULL REFERENCES channel(id),
    person TEXT NOT NULL,
    entries INTEGER NOT NULL,
    PRIMARY KEY (channel, person)
  ) WITHOUT ROWID;
  INSERT INTO contribution SELECT channel, person, count(*) FROM entry GROUP BY channel, person;

  CREATE TABLE quarantined (
    channel TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    why TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (channel, epoch, seq)
  );

  CREATE TABLE audit (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
  );

  CREATE TABLE revocation (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    before INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
  ) WITHOUT ROWID;

  -- Documents from before comments had a channel.
  INSERT INTO channel (id, epoch, seq) SELECT id || '/comments', 1, 0 FROM document;
  `,
  `
  -- Names per language; what a team was called before is in no language we know of.
  UPDATE team SET name = json_object('und', name);
  ALTER TABLE team ADD COLUMN departments TEXT NOT NULL DEFAULT '[]';
  -- Whose "only me" it is.
  ALTER TABLE team ADD COLUMN personal_of TEXT;
  CREATE UNIQUE INDEX team_personal ON team (personal_of);

  -- Nextcloud Teams can be members: a CHECK is changed by making the table anew.
  ALTER TABLE membership RENAME TO membership_before;
  CREATE TABLE membership (
    team_id TEXT NOT NULL REFERENCES team(id),
    principal_kind TEXT NOT NULL CHECK (principal_kind IN ('person', 'group', 'team')),
    principal_id TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (team_id, principal_kind, principal_id, role)
  ) WITHOUT ROWID;
  INSERT INTO membership SELECT team_id, principal_kind, principal_id, role FROM membership_before;
  DROP TABLE membership_before;
  CREATE INDEX membership_principal ON membership (principal_kind, principal_id);

  -- What is known of a member beside the roles.
  CREATE TABLE member (
    team_id TEXT NOT NULL REFERENCES team(id),
    principal_kind TEXT NOT NULL,
    principal_id TEXT NOT NULL,
    name TEXT NOT NULL,
    department TEXT,
    expertise TEXT NOT NULL,
    PRIMARY KEY (team_id, principal_kind, principal_id)
  ) WITHOUT ROWID;

  -- Teams of one person who writes were made by "only me": they become that person's own. One each, the oldest.
  UPDATE team SET personal_of = (SELECT principal_id FROM membership WHERE team_id = team.id)
  WHERE id IN (
    SELECT id FROM (
      SELECT t.id, row_number() OVER (PARTITION BY m.principal_id ORDER BY t.created_at, t.id) AS nth
      FROM team t JOIN membership m ON m.team_id = t.id
      WHERE m.principal_kind = 'person' AND m.role = 'editor'
        AND (SELECT count(*) FROM membership o WHERE o.team_id = t.id) = 1
    ) WHERE nth = 1
  );
  INSERT INTO membership
    SELECT id, 'person', personal_of, 'coordinator' FROM team WHERE personal_of IS NOT NULL;

  -- People whose account Nextcloud has ended.
  CREATE TABLE ended (
    person TEXT PRIMARY KEY,
    at TEXT NOT NULL
  ) WITHOUT ROWID;

  ALTER TABLE document ADD COLUMN trashed_at TEXT;
  `,
  `
  -- What was asked a decision for: exactly this text. Never changed after it was written.
  CREATE TABLE version (
    document TEXT NOT NULL,
    n INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    submitter TEXT NOT NULL,
    submitter_name TEXT NOT NULL,
    note TEXT NOT NULL,
    due TEXT,
    languages TEXT NOT NULL,
    json TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    -- Entries of each person in the content when it was made.
    contributions TEXT NOT NULL,
    PRIMARY KEY (document, n)
  ) WITHOUT ROWID;

  -- One a role and version: whoever speaks for the role last has said it.
  CREATE TABLE opinion (
    document TEXT NOT NULL,
    n INTEGER NOT NULL,
    role TEXT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    stance TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (document, n, role),
    FOREIGN KEY (document, n) REFERENCES version(document, n)
  ) WITHOUT ROWID;

  CREATE TABLE decision (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    n INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    comment TEXT NOT NULL,
    sections TEXT NOT NULL,
    conditions TEXT NOT NULL,
    waivers TEXT NOT NULL,
    overrides TEXT NOT NULL,
    -- Signed; exactly as it is handed out.
    receipt TEXT NOT NULL,
    at TEXT NOT NULL,
    FOREIGN KEY (document, n) REFERENCES version(document, n)
  ) WITHOUT ROWID;
  CREATE INDEX decision_version ON decision (document, n);

  ALTER TABLE document ADD COLUMN published_at TEXT;
  `,
  `
  -- What has to leave for Nextcloud, in the order it was written.
  CREATE TABLE outbox (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    parcel TEXT NOT NULL
  );
  `,
  `
  -- What was told of a review that waits: each thing once.
  CREATE TABLE reminded (
    document TEXT NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (document, n, kind)
  ) WITHOUT ROWID;

  -- Approved versions that wait for their place in the archive.
  CREATE TABLE to_archive (
    document TEXT NOT NULL,
    n INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (document, n)
  ) WITHOUT ROWID;

  -- Whoever wants to hear what is not urgent: how often, when they last did, and what others had
  -- done (the last row of the audit) and written by then.
  CREATE TABLE digest (
    person TEXT PRIMARY KEY,
    rhythm TEXT NOT NULL,
    told_at TEXT NOT NULL,
    deeds INTEGER NOT NULL,
    seen TEXT NOT NULL
  ) WITHOUT ROWID;
  -- What was done with one document.
  CREATE INDEX audit_subject ON audit (subject, n);
  `,
  `
  -- A publication names its version: while a newer one is in force and not published, the older one stays public.
  CREATE TABLE publication (
    document TEXT NOT NULL,
    n INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    licence TEXT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (document, n),
    FOREIGN KEY (document, n) REFERENCES version(document, n)
  ) WITHOUT ROWID;
  -- Nothing could be published before.
  ALTER TABLE document DROP COLUMN published_at;
  ALTER TABLE document ADD COLUMN archived_at TEXT;
  ALTER TABLE document ADD COLUMN archived_reason TEXT;
  CREATE INDEX audit_at ON audit (at);
  `,
  `
  -- Who approves it, as the organisation had it when the version was sent.
  ALTER TABLE version ADD COLUMN route TEXT NOT NULL
    DEFAULT '{"approvers":[{"kind":"directors"}],"quorum":"any"}';

  -- In whose name it was decided, which places of the route that could take, and the how manieth it is on its version.
  ALTER TABLE decision ADD COLUMN principal TEXT;
  ALTER TABLE decision ADD COLUMN principal_name TEXT;
  ALTER TABLE decision ADD COLUMN places TEXT NOT NULL DEFAULT '[0]';
  ALTER TABLE decision ADD COLUMN nth INTEGER NOT NULL DEFAULT 0;

  -- Decisions put into other hands: about one document, or about everything of a team.
  CREATE TABLE delegation (
    id TEXT PRIMARY KEY,
    team TEXT,
    document TEXT,
    giver TEXT NOT NULL,
    giver_name TEXT NOT NULL,
    delegate TEXT NOT NULL,
    delegate_name TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    given_at TEXT NOT NULL,
    ended_at TEXT,
    CHECK ((team IS NULL) <> (document IS NULL))
  ) WITHOUT ROWID;
  CREATE INDEX delegation_delegate ON delegation (delegate);
  CREATE INDEX delegation_giver ON delegation (giver);
  `,
  `
  -- Who touched a field last, and when, since which version (0: since the beginning). Outlives compaction.
  CREATE TABLE touched (
    document TEXT NOT NULL,
    since INTEGER NOT NULL,
    path TEXT NOT NULL,
    person TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (document, since, path, person)
  ) WITHOUT ROWID;
  CREATE INDEX touched_seq ON touched (document, seq);

  -- How far a person has read, for that person alone.
  CREATE TABLE seen (
    person TEXT NOT NULL,
    document TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (person, document)
  ) WITHOUT ROWID;

  -- What Nextcloud last called people, to say who changed what.
  CREATE TABLE named (
    person TEXT PRIMARY KEY,
    name TEXT NOT NULL
  ) WITHOUT ROWID;

  -- A version that somebody gave a name, without a review; or that was kept before that version was restored.
  ALTER TABLE version ADD COLUMN label TEXT;
  ALTER TABLE version ADD COLUMN before_restoring INTEGER;
  `,
  `
  -- Since when it is out of the way, because Nextcloud will not take it.
  ALTER TABLE outbox ADD COLUMN aside TEXT;

  -- Notices that people may have before them; "n" is the parcel that brought the latest under this key.
  CREATE TABLE told (
    key TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    n INTEGER NOT NULL,
    at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX told_document ON told (document);
  `,
  `
  -- Who wrote in the comments under which client id, as they were then: a name, and the roles it was said with.
  CREATE TABLE commenter (
    document TEXT NOT NULL,
    client INTEGER NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    roles TEXT NOT NULL,
    PRIMARY KEY (document, client)
  ) WITHOUT ROWID;

  -- Both are authors of the text from then on.
  CREATE TABLE accepted_suggestion (
    document TEXT NOT NULL,
    event TEXT NOT NULL,
    author TEXT NOT NULL,
    author_name TEXT NOT NULL,
    accepter TEXT NOT NULL,
    accepter_name TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (document, event)
  ) WITHOUT ROWID;

  -- Comments whose mentions have been told, and how far each list of comments has been looked through for them.
  CREATE TABLE mention_told (
    document TEXT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (document, event)
  ) WITHOUT ROWID;
  CREATE TABLE mention_look (
    document TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL
  ) WITHOUT ROWID;

  ALTER TABLE document ADD COLUMN commenting TEXT NOT NULL DEFAULT 'members';
  `,
  `
  -- Comments that name somebody who has not opened the comments of that document since.
  CREATE TABLE mentioned (
    person TEXT NOT NULL,
    document TEXT NOT NULL,
    event TEXT NOT NULL,
    by_id TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (person, document, event)
  ) WITHOUT ROWID;
  CREATE INDEX mentioned_document ON mentioned (document);
  `,
  `
  -- Nothing that was said is written over: "nth" counts what a role has said of a version. What is from before this has 0.
  CREATE TABLE opinions_said (
    document TEXT NOT NULL,
    n INTEGER NOT NULL,
    role TEXT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    stance TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    nth INTEGER NOT NULL,
    PRIMARY KEY (document, n, role, nth),
    FOREIGN KEY (document, n) REFERENCES version(document, n)
  ) WITHOUT ROWID;
  INSERT INTO opinions_said SELECT document, n, role, person, name, stance, text, at, 0 FROM opinion;
  DROP TABLE opinion;
  ALTER TABLE opinions_said RENAME TO opinion;
  `,
  `
  -- Who has called how many people by a comment, and when: there is an end to it.
  ALTER TABLE mention_told ADD COLUMN person TEXT NOT NULL DEFAULT '';
  ALTER TABLE mention_told ADD COLUMN people INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE mention_told ADD COLUMN at TEXT NOT NULL DEFAULT '';
  CREATE INDEX mention_told_person ON mention_told (person, at);
  CREATE INDEX touched_person ON touched (document, person, seq);
  `,
  `
  -- For which shape of records the channel has been completed; null when it has not been looked at.
  ALTER TABLE channel ADD COLUMN shape TEXT;
  `,
  `
  -- What was done with a profile of a plan; it outlives the profile's record in the text. "version" was in force then.
  CREATE TABLE profile_state (
    document TEXT NOT NULL,
    profile TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    opened_on TEXT,
    closed_on TEXT,
    version INTEGER,
    note TEXT NOT NULL,
    waivers TEXT NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (document, profile)
  ) WITHOUT ROWID;

  -- Who has finished which course of a plan: a finished course does not change the text.
  CREATE TABLE training_done (
    document TEXT NOT NULL,
    training TEXT NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    completed_on TEXT NOT NULL,
    noted_by TEXT NOT NULL,
    noted_by_name TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (document, training, person)
  ) WITHOUT ROWID;
  `,
  `
  -- What was done with comments of citizens, and why; never whose they were.
  CREATE TABLE moderation (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    at TEXT NOT NULL,
    profile TEXT,
    post_url TEXT NOT NULL,
    reason TEXT,
    action TEXT NOT NULL,
    note TEXT NOT NULL,
    moderator TEXT NOT NULL,
    moderator_name TEXT NOT NULL,
    confirmed_by TEXT,
    confirmed_name TEXT,
    confirmed_at TEXT
  ) WITHOUT ROWID;
  CREATE INDEX moderation_document ON moderation (document, at);
  `,
  `
  -- Lists of reference data as administrators saved them; "entries" is canonical JSON, "back_to" the edition taken up again.
  CREATE TABLE reference_edition (
    list TEXT NOT NULL,
    n INTEGER NOT NULL,
    verified_on TEXT NOT NULL,
    source TEXT NOT NULL,
    entries TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    count INTEGER NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    at TEXT NOT NULL,
    back_to INTEGER,
    PRIMARY KEY (list, n)
  ) WITHOUT ROWID;

  -- All lists together as a version was checked with them.
  CREATE TABLE reference_set (
    sha256 TEXT PRIMARY KEY,
    json TEXT NOT NULL
  ) WITHOUT ROWID;
  ALTER TABLE version ADD COLUMN checked_with TEXT NOT NULL DEFAULT '';
  `,
  `
  -- A template is a document that others begin from; in one sentence, what for.
  ALTER TABLE document ADD COLUMN kind TEXT NOT NULL DEFAULT 'document';
  ALTER TABLE document ADD COLUMN sentence TEXT NOT NULL DEFAULT '';
  -- What it began from: one of the product's own by its name, or a template and which version of it.
  ALTER TABLE document ADD COLUMN made_from TEXT;
  ALTER TABLE document ADD COLUMN made_from_version INTEGER;
  -- The organisation's plan, whose common parts hold in this one.
  ALTER TABLE document ADD COLUMN parent TEXT;
  CREATE INDEX document_parent ON document (parent);
  `,
  `
  -- Who has said of an approved version that they have read it. Only ever counted: nothing lists it.
  CREATE TABLE acknowledged (
    document TEXT NOT NULL,
    n INTEGER NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (document, n, person),
    FOREIGN KEY (document, n) REFERENCES version(document, n)
  ) WITHOUT ROWID;
  `,
  `
  -- What has become of a post of a calendar. A post without a row is an idea.
  CREATE TABLE post_state (
    document TEXT NOT NULL REFERENCES document(id),
    post TEXT NOT NULL,
    status TEXT NOT NULL,
    -- SHA-256 of what was approved, and by whom.
    approved TEXT,
    approver TEXT,
    approver_name TEXT,
    approved_at TEXT,
    reviews TEXT NOT NULL,
    published TEXT NOT NULL,
    review_by TEXT,
    note TEXT NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (document, post)
  ) WITHOUT ROWID;

  -- Who has written what would be approved of a post.
  CREATE TABLE post_author (
    document TEXT NOT NULL REFERENCES document(id),
    post TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (document, post, person)
  ) WITHOUT ROWID;
  `,
  `
  -- A file beside a document, by the hash of what is kept; "sent" is that of what came, before it was cleaned.
  CREATE TABLE file (
    document TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    sent TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    width INTEGER,
    height INTEGER,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (document, sha256)
  ) WITHOUT ROWID;
  CREATE INDEX file_sha256 ON file (sha256);

  -- Bytes on the disk that no row names, and since when that is known.
  CREATE TABLE file_unnamed (
    sha256 TEXT PRIMARY KEY,
    since TEXT NOT NULL
  ) WITHOUT ROWID;

  -- Consents of people in pictures and posts, under a pseudonym; who it is stands in the evidence. "revision" counts corrections.
  CREATE TABLE consent (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    given_by TEXT NOT NULL,
    scope TEXT NOT NULL,
    networks TEXT NOT NULL,
    purpose TEXT NOT NULL,
    obtained_on TEXT NOT NULL,
    expires_on TEXT,
    evidence TEXT NOT NULL,
    freely_given INTEGER NOT NULL,
    withdrawn_on TEXT,
    revision INTEGER NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX consent_document ON consent (document, at);
  `,
  `
  -- The server's own ids ("meta", "recs"): one of them barred, a document lost everybody each time a record of it lacked something.
  UPDATE author SET person = '/system' WHERE client IN (1835365473, 1919247219) AND person = '/barred';
  `,
  `
  -- An administrator has said that departments' plans can be put below it.
  ALTER TABLE document ADD COLUMN of_organisation INTEGER NOT NULL DEFAULT 0;
  -- Of a version, what only its team reads: beside the text, in no hash and no answer.
  ALTER TABLE version ADD COLUMN restricted TEXT NOT NULL DEFAULT '{}';
  `,
  `
  -- Figures of profiles, each by its span; "entry" is the one that said it last. None is NULL, with a reason where there is one.
  CREATE TABLE metric_sample (
    document TEXT NOT NULL,
    profile TEXT NOT NULL,
    metric TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    value REAL,
    null_reason TEXT,
    note TEXT NOT NULL,
    sure INTEGER NOT NULL,
    source TEXT NOT NULL,
    entry TEXT NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (document, profile, metric, from_day, to_day)
  ) WITHOUT ROWID;

  -- Figures that were entered at once, as they were sent: the same id is the same entry.
  CREATE TABLE metric_entry (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    figures TEXT NOT NULL,
    source TEXT NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX metric_entry_document ON metric_entry (document, at);
  `,
  `
  -- The document it belongs to: a report, to its plan, in the same team.
  ALTER TABLE document ADD COLUMN about TEXT;
  CREATE INDEX document_about ON document (about);
  `,
  `
  -- What is said of us on networks, for few people and for a time; "worded" is 0 once its words are gone (ADR 0037).
  CREATE TABLE mention (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    said_on TEXT NOT NULL,
    network TEXT NOT NULL,
    source_kind TEXT NOT NULL,
    author TEXT NOT NULL,
    url TEXT NOT NULL,
    summary TEXT NOT NULL,
    sentiment TEXT NOT NULL,
    topic TEXT NOT NULL,
    reach INTEGER,
    needs_answer INTEGER NOT NULL,
    action TEXT,
    source TEXT NOT NULL,
    owner TEXT,
    owner_name TEXT,
    closed_on TEXT,
    revision INTEGER NOT NULL,
    worded INTEGER NOT NULL,
    salt TEXT NOT NULL,
    noted_by TEXT NOT NULL,
    noted_by_name TEXT NOT NULL,
    noted_at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX mention_document ON mention (document, said_on);
  CREATE INDEX mention_worded ON mention (document, noted_at) WHERE worded = 1;
  `,
  `
  -- So that nobody finds out by trying names what the audit remembers the fingerprint of; anew with every change.
  ALTER TABLE consent ADD COLUMN salt TEXT NOT NULL DEFAULT '';
  `,
  `
  -- Rounds of scores of an evaluation: weights and people are frozen as it opens; the hash of the sheets, as it is revealed.
  CREATE TABLE scoring_round (
    document TEXT NOT NULL,
    n INTEGER NOT NULL,
    state TEXT NOT NULL,
    weights TEXT NOT NULL,
    evaluators TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    opened_by_name TEXT NOT NULL,
    revealed_at TEXT,
    revealed_by TEXT,
    revealed_by_name TEXT,
    closed_at TEXT,
    closed_by TEXT,
    closed_by_name TEXT,
    sheets_sha256 TEXT,
    PRIMARY KEY (document, n)
  ) WITHOUT ROWID;

  -- What one person thinks of the tool in one round. Until the reveal nobody but them reads it; "entry" is what was saved last.
  CREATE TABLE score_sheet (
    document TEXT NOT NULL,
    round INTEGER NOT NULL,
    person TEXT NOT NULL,
    scores TEXT NOT NULL,
    reasons TEXT NOT NULL,
    conflict TEXT NOT NULL,
    submitted_at TEXT,
    revision INTEGER NOT NULL,
    entry TEXT,
    PRIMARY KEY (document, round, person)
  ) WITHOUT ROWID;
  `,
  `
  -- A version whose ground has moved: a list that it relies on says something else (E-30). Only ever added to; of a version the last row
  -- holds, and one that has lost nothing says that its ground is back. "losses" is JSON; "in_force" is 0 while it is in review.
  CREATE TABLE reopening (
    document TEXT NOT NULL,
    n INTEGER NOT NULL,
    version INTEGER NOT NULL,
    in_force INTEGER NOT NULL,
    list TEXT NOT NULL,
    edition INTEGER NOT NULL,
    losses TEXT NOT NULL,
    checked_with TEXT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    PRIMARY KEY (document, n)
  ) WITHOUT ROWID;
  `,
  `
  -- What an evaluation says of its tool, so that it is found by it without reading its text: as it is written now (0), and of each version.
  CREATE TABLE tool_said (
    document TEXT NOT NULL,
    n INTEGER NOT NULL,
    name TEXT NOT NULL,
    category TEXT,
    address TEXT NOT NULL,
    need TEXT NOT NULL,
    level TEXT,
    outcome TEXT,
    PRIMARY KEY (document, n)
  ) WITHOUT ROWID;
  `,
  `
  -- Weights of the organisation, each version for good; a round says which it was opened with, and keeps its thresholds.
  CREATE TABLE weight_set (
    n INTEGER PRIMARY KEY,
    weights TEXT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL
  );
  ALTER TABLE scoring_round ADD COLUMN weight_set INTEGER;
  ALTER TABLE scoring_round ADD COLUMN thresholds TEXT NOT NULL DEFAULT '{"conditional":50,"recommend":70}';
  -- Rounds of before: with the weights of the program, unless somebody gave them others.
  UPDATE scoring_round SET weight_set = 0 WHERE weights = '{"A1":6,"A2":4,"D1":10,"D2":7,"D3":5,"N1":9,"N2":6,"N3":6,"N4":4,"S1":8,"S2":4,"U1":8,"U2":7,"X1":6,"X2":4,"X3":3,"X4":3}';
  `,
  `
  -- Whom a round has to have scored by, by the level of use that it was opened at: it asks for no less when the level is another by then.
  ALTER TABLE scoring_round ADD COLUMN demands TEXT NOT NULL DEFAULT '{"departments":0,"evaluators":0}';
  `,
  `
  -- What can be found: one row for each text of a document, its posts and comments. All of it can be made again from the logs.
  CREATE TABLE passage (
    id INTEGER PRIMARY KEY,
    document TEXT NOT NULL,
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    section TEXT NOT NULL,
    label TEXT NOT NULL,
    language TEXT,
    record TEXT NOT NULL,
    -- For the team alone.
    restricted INTEGER NOT NULL,
    text TEXT NOT NULL,
    -- As it is looked for: without case and accents.
    folded TEXT NOT NULL,
    UNIQUE (document, kind, path)
  );
  CREATE VIRTUAL TABLE passage_words USING fts5(
    folded, content='passage', content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='2 3'
  );
  -- What is taken out of a text is not in the index either (as in "secure_delete" of the file).
  INSERT INTO passage_words (passage_words, rank) VALUES ('secure-delete', 1);
  CREATE VIRTUAL TABLE passage_term USING fts5vocab(passage_words, 'row');
  CREATE TRIGGER passage_in AFTER INSERT ON passage BEGIN
    INSERT INTO passage_words (rowid, folded) VALUES (new.id, new.folded);
  END;
  CREATE TRIGGER passage_out AFTER DELETE ON passage BEGIN
    INSERT INTO passage_words (passage_words, rowid, folded) VALUES ('delete', old.id, old.folded);
  END;
  -- How far each channel has been read for it.
  CREATE TABLE search_look (
    channel TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL
  ) WITHOUT ROWID;
  `,
  `
  -- Tools that somebody has named and nobody has evaluated. "folded" is the name without case, accents and blanks; also of a duplicate, whose
  -- name goes on leading to what it was merged into. "imported" is JSON: what others have published of it.
  CREATE TABLE suggestion (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL,
    category TEXT,
    made_at TEXT NOT NULL,
    imported TEXT NOT NULL,
    evaluation TEXT,
    declined TEXT,
    merged_into TEXT,
    settled_by TEXT,
    settled_by_name TEXT,
    settled_at TEXT
  ) WITHOUT ROWID;
  CREATE INDEX suggestion_evaluation ON suggestion (evaluation) WHERE evaluation IS NOT NULL;

  -- What one person says of it: where they said it, and where it stands since duplicates were merged.
  CREATE TABLE suggestion_voice (
    origin TEXT NOT NULL,
    suggestion TEXT NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    what_for TEXT NOT NULL,
    likes TEXT NOT NULL,
    cautions TEXT NOT NULL,
    data_used TEXT NOT NULL,
    level TEXT,
    since INTEGER,
    department TEXT,
    free INTEGER,
    can_teach INTEGER NOT NULL,
    asked_purpose TEXT,
    asked_data TEXT,
    asked_level TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (origin, person)
  ) WITHOUT ROWID;
  CREATE INDEX suggestion_voice_here ON suggestion_voice (suggestion, at);
  CREATE INDEX suggestion_voice_person ON suggestion_voice (person);
  `,
  `
  -- What is said of a tool of the catalogue beside its evaluation, by the document of that: it outlives its versions.
  CREATE TABLE tool_use (
    document TEXT NOT NULL,
    department TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    level TEXT NOT NULL,
    use_case TEXT NOT NULL,
    people INTEGER NOT NULL,
    satisfaction INTEGER,
    data_classes TEXT NOT NULL,
    confirmed_on TEXT NOT NULL,
    -- Who said it last, and is asked in a year; empty when that is nobody any more.
    person TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (document, department)
  ) WITHOUT ROWID;
  CREATE TABLE tool_material (
    document TEXT NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    url TEXT NOT NULL,
    minutes INTEGER,
    updated_on TEXT NOT NULL,
    accessible INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (document, id)
  ) WITHOUT ROWID;
  CREATE TABLE tool_teacher (
    document TEXT NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    department TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (document, person)
  ) WITHOUT ROWID;
  CREATE TABLE tool_promise (document TEXT PRIMARY KEY, due_on TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
  `,
  `
  -- Who has said that the evaluation is of it, and may take that back.
  ALTER TABLE suggestion ADD COLUMN linked_by TEXT;
  `,
  `
  -- Logs that are to begin anew since somebody who has written in them was erased.
  CREATE TABLE to_renew (channel TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
  `,
]
