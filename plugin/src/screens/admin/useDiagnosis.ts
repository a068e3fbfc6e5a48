/** The list of findings, looked at again and again while the connection does not work, while somebody looks at it. */
import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { diagnose, settings } from './administration.ts'
import type { Finding } from './finding.ts'
import { probe } from './probe.ts'

/** People start the server or reload the proxy in another window. */
const AGAIN_MS = 5000

export interface Diagnosis {
  readonly findings: Ref<readonly Finding[]>
  readonly looking: Ref<boolean>
  /** Nextcloud itself did not answer. */
  readonly failed: Ref<boolean>
  readonly look: () => Promise<void>
}

export function useDiagnosis(): Diagnosis {
  const findings = ref<readonly Finding[]>([])
  const looking = ref(false)
  const failed = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let over = false

  async function look(): Promise<void> {
    clearTimeout(timer)
    looking.value = true
    let well = true
    try {
      const [ours, theirs] = await Promise.all([
        settings.probe === '' ? [] : probe(settings.probe),
        diagnose(),
      ])
      findings.value = [...theirs.filter((finding) => counts(finding, ours)), ...ours]
      well = ours.every(({ ok }) => ok)
      failed.value = false
    } catch {
      failed.value = true
    }
    looking.value = false
    // Warnings of Nextcloud may stay for ever (cron); each look makes it ask the server, and the server ask it.
    const wrong = failed.value || findings.value.some(({ severity }) => severity === 'error') || !well
    if (wrong && !over) timer = setTimeout(() => void (document.hidden ? later() : look()), AGAIN_MS)
  }
  function later(): void {
    document.addEventListener('visibilitychange', () => void look(), { once: true })
  }

  onMounted(look)
  onBeforeUnmount(() => {
    over = true
    clearTimeout(timer)
  })
  return { findings, looking, failed, look }
}

/** Nextcloud looks at the public way as well, but this browser knows it better. */
const counts = ({ id }: Finding, ours: readonly Finding[]): boolean =>
  ours.length === 0 || (id !== 'proxy' && id !== 'websocket')
