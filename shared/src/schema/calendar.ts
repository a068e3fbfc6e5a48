/**
 * The calendar of a plan (DOMAIN A.10, A.12): its posts, their texts and their media. It lies in a channel of its own, made of the
 * same vocabulary as the plan's text, so that the office goes on planning while the plan is in review. What has become of a post
 * is no part of it: that are rows, changed by command (posts/life.ts).
 */
import { POST_TEXT_MAX_CHARACTERS } from '../limits.ts'
import type { DocumentOf, DocumentType, Section } from './fields.ts'

const EXPIRING = { field: 'expires', is: [true] } as const
const OF_OTHERS = { field: 'origin', is: ['licensed', 'cc', 'citizen_contribution'] } as const
const BY_AI = { field: 'origin', is: ['ai_generated'] } as const

export const calendar = {
  id: 'calendar',
  group: 'daily',
  label: 'Content calendar',
  purpose: 'Every post of every department: when, where, in which languages, and what it still needs.',
  fields: {
    posts: {
      kind: 'list',
      root: 'posts',
      label: 'Posts',
      add: 'New post',
      /** The editor shows those that have no place of their own in this order. */
      item: {
        title: {
          kind: 'text',
          translated: false,
          maxCharacters: 120,
          required: true,
          label: 'What it is about',
          help: 'Only for us: it is not published.',
          example: 'The brown bin comes to every neighbourhood',
        },
        kind: {
          kind: 'choice',
          label: 'Kind of post',
          options: [
            { id: 'text', label: 'Text' },
            { id: 'image', label: 'Image' },
            { id: 'video', label: 'Video' },
            { id: 'link', label: 'Link' },
            { id: 'poll', label: 'Poll' },
            { id: 'story', label: 'Story' },
            { id: 'live', label: 'Live' },
            { id: 'blog', label: 'Blog' },
          ],
        },
        day: { kind: 'date', label: 'Day' },
        time: { kind: 'time', label: 'Time' },
        /** IANA zone; the organisation's when empty. */
        zone: { kind: 'choice', options: 'zones', label: 'Time zone' },
        profileIds: { kind: 'references', to: 'profiles', required: true, label: 'Where' },
        purposeIds: { kind: 'references', to: 'purposes', required: true, label: 'What for' },
        audienceIds: { kind: 'references', to: 'audiences', label: 'For whom' },
        departmentId: { kind: 'choice', options: 'departments', label: 'Department' },
        owner: { kind: 'person', label: 'Who looks after it' },
        campaign: { kind: 'text', translated: false, maxCharacters: 80, label: 'Campaign' },
        text: {
          kind: 'text',
          translated: true,
          maxCharacters: POST_TEXT_MAX_CHARACTERS,
          required: true,
          label: 'Text',
        },
        mediaIds: { kind: 'references', to: 'media', label: 'Images and videos' },
        officialSource: {
          kind: 'link',
          label: 'Official source',
          help: 'The page of the official website that says so.',
        },
        linkUrl: { kind: 'link', label: 'Address in the post' },
        serviceFacts: { kind: 'flag', label: 'It states facts about a service' },
        sensitive: {
          kind: 'choices',
          label: 'Out of the ordinary',
          options: [
            { id: 'emergency', label: 'Emergency' },
            { id: 'mourning', label: 'Mourning' },
            { id: 'electoral', label: 'Electoral period' },
          ],
        },
        aiAssisted: { kind: 'flag', label: 'Written with the help of AI' },
        paid: { kind: 'flag', label: 'Paid promotion' },
        /** Each language in a message of its own, one below the other; else all in one. */
        thread: { kind: 'flag', label: 'Each language in its own message' },
        languageException: {
          kind: 'text',
          translated: false,
          maxCharacters: 300,
          label: 'Why a language is missing',
        },
        internalNotes: {
          kind: 'text',
          translated: false,
          maxCharacters: 2_000,
          restricted: true,
          label: 'Notes among us',
        },
      },
    },
    /** Another text for one profile; its id begins with the post's (`variantOf`). */
    variants: {
      kind: 'list',
      root: 'variants',
      label: 'Texts for one network',
      add: 'Another text for this network',
      item: {
        profileId: { kind: 'choice', options: 'records', required: true, label: 'Where' },
        text: {
          kind: 'text',
          translated: true,
          maxCharacters: POST_TEXT_MAX_CHARACTERS,
          required: true,
          label: 'Text',
        },
      },
    },
    /** Who is named in a post; its id begins with the post's. */
    mentions: {
      kind: 'list',
      root: 'mentions',
      label: 'Who is named',
      add: 'Somebody else who is named',
      item: {
        handle: {
          kind: 'text',
          translated: false,
          maxCharacters: 100,
          required: true,
          label: 'Account name',
        },
        who: {
          kind: 'choice',
          required: true,
          label: 'Who that is',
          options: [
            { id: 'institution', label: 'An institution' },
            { id: 'company', label: 'A company' },
            { id: 'person', label: 'A person' },
          ],
        },
        consentIds: { kind: 'choices', options: 'records', label: 'Consents' },
      },
    },
    media: {
      kind: 'list',
      root: 'media',
      label: 'Images and videos',
      add: 'New image or video',
      item: {
        title: {
          kind: 'text',
          translated: false,
          maxCharacters: 120,
          required: true,
          label: 'What is seen or heard in it',
        },
        kind: {
          kind: 'choice',
          required: true,
          label: 'Kind of file',
          options: [
            { id: 'image', label: 'Image' },
            { id: 'graphic', label: 'Graphic' },
            { id: 'video', label: 'Video' },
            { id: 'audio', label: 'Sound' },
            { id: 'document', label: 'Document' },
          ],
        },
        file: { kind: 'picture', required: true, label: 'File' },
        altText: {
          kind: 'text',
          translated: true,
          maxCharacters: 4_086,
          label: 'Text for those who do not see it',
          example: 'A brown bin in the square, with the sign for food waste',
        },
        captions: { kind: 'picture', label: 'Captions' },
        captionsLanguage: { kind: 'choice', options: 'languages', label: 'Language of the captions' },
        transcript: {
          kind: 'text',
          translated: true,
          maxCharacters: POST_TEXT_MAX_CHARACTERS,
          label: 'Transcript',
        },
        origin: {
          kind: 'choice',
          required: true,
          label: 'Where it comes from',
          options: [
            { id: 'own', label: 'Our own' },
            { id: 'commissioned', label: 'Commissioned by us' },
            { id: 'licensed', label: 'Licensed to us' },
            { id: 'cc', label: 'Creative Commons' },
            { id: 'public_domain', label: 'Public domain' },
            { id: 'citizen_contribution', label: 'From a citizen' },
            { id: 'ai_generated', label: 'Made by AI' },
            { id: 'unknown', label: 'We do not know' },
          ],
        },
        author: { kind: 'text', translated: false, maxCharacters: 200, label: 'Author' },
        rightsHolder: {
          kind: 'text',
          translated: false,
          maxCharacters: 200,
          label: 'Who holds the rights',
        },
        licence: { kind: 'choice', options: 'allLicences', required: true, label: 'Licence' },
        changed: {
          kind: 'flag',
          when: OF_OTHERS,
          label: 'We have changed it',
          help: 'Cropped, shortened, or with words put on it.',
        },
        sourceUrl: { kind: 'link', label: 'Where it was found' },
        attribution: { kind: 'text', translated: false, maxCharacters: 300, label: 'Attribution' },
        proof: {
          kind: 'link',
          restricted: true,
          label: 'Proof of the rights',
          help: 'Its address in Nextcloud Files.',
        },
        showsPeople: {
          kind: 'choice',
          required: true,
          label: 'People in it',
          options: [
            { id: 'none', label: 'Nobody' },
            { id: 'not_identifiable', label: 'Nobody who can be recognised' },
            { id: 'identifiable', label: 'People who can be recognised' },
            { id: 'children', label: 'Children' },
          ],
        },
        consentIds: { kind: 'choices', options: 'records', label: 'Consents' },
        expires: { kind: 'flag', label: 'The right to use it ends' },
        expiresOn: { kind: 'date', required: true, when: EXPIRING, label: 'May be used until' },
        aiTool: {
          kind: 'text',
          translated: false,
          maxCharacters: 200,
          required: true,
          when: BY_AI,
          label: 'With which tool, and what was made with it',
        },
        aiLabelShown: { kind: 'flag', required: true, when: BY_AI, label: 'The post says that AI made it' },
      },
    },
  },
} as const satisfies Section

const sections = [calendar] as const
export const CALENDAR = { id: 'calendar', version: 1, sections } as const satisfies DocumentType

export type Calendar = DocumentOf<typeof sections>['calendar']
export type Post = Calendar['posts'][number]
export type Variant = Calendar['variants'][number]
export type Mention = Calendar['mentions'][number]
export type Media = Calendar['media'][number]
