/** One thing that was looked at, by Nextcloud (lib/Diagnosis/Finding.php) or by this browser. */
export interface Finding {
  readonly id: string
  readonly ok: boolean
  readonly severity: 'ok' | 'info' | 'warning' | 'error'
  readonly message: string
  /** As a technician writes it. */
  readonly tried: string
  readonly came_back: string
  readonly fix: string
}
