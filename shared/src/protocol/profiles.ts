/** What was done with the profiles of a plan, and who has finished which course, as the REST interface speaks of them. */
import type { Finding } from '../checks/finding.ts'
import type { ProfileStatus } from '../profile-life.ts'
import type { Waiver } from '../receipt.ts'
import type { Someone } from './review.ts'

/** A failed check that was let pass; the one on training only for a time (DOMAIN P-18). */
export interface TimedWaiver extends Waiver {
  /** ISO date, itself included. */
  readonly until?: string | undefined
}

export interface ProfileState {
  /** Id of its record in the plan; the row outlives the record. */
  readonly profile: string
  /** What it was called when the command was given. */
  readonly name: string
  readonly status: ProfileStatus
  /** ISO dates of the organisation: opened the last time, closed or handed over since. */
  readonly openedOn: string | null
  readonly closedOn: string | null
  /** ISO date of its last post since it opened; left out while the calendar knows of no post that is out. */
  readonly lastPostOn?: string | null
  /** Who did it, when, and what they said: to whom it was handed over, why it rests. */
  readonly by: Someone
  readonly at: string
  readonly note: string
  readonly waivers: readonly TimedWaiver[]
}

/** `GET /documents/:id/profiles`. A profile without a row is planned. */
export interface ProfileStates {
  readonly inForce: number | null
  readonly states: readonly ProfileState[]
}

/** `GET /documents/:id/profiles/:profile`: what the version in force lacks for what can be done next. */
export interface ProfileGate {
  readonly inForce: number | null
  readonly opening: readonly Finding[]
  readonly closing: readonly Finding[]
}

/** `POST /documents/:id/profiles/:profile/:command`. */
export interface ProfileOrder {
  /** To whom it is handed over, why it rests; may be empty otherwise. */
  readonly note: string
  /** By a director alone. */
  readonly waivers: readonly Waiver[]
}

/** `GET /documents/:id/training`: who has finished which course of the plan. */
export interface TrainingDone {
  readonly training: string
  readonly person: Someone
  /** ISO date. */
  readonly completedOn: string
  readonly notedBy: Someone
}
/** `PUT /documents/:id/training/:training/:person`. */
export interface TrainingNoted {
  readonly completedOn: string
  /** What they are called, in case they have never been here. */
  readonly name: string
}
