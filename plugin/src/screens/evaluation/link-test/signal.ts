/** Two short tones, for whoever looks at another window; made ready while the person presses, since browsers let nobody else begin. */
export interface Signal {
  sound(): void
}

export function readySignal(): Signal | null {
  try {
    const context = new AudioContext()
    return {
      sound() {
        for (const after of [0, 0.35]) tone(context, context.currentTime + after)
        setTimeout(() => void context.close().catch(() => {}), 2_000)
      },
    }
  } catch {
    // No loudspeaker: what the screen says has to do.
    return null
  }
}

function tone(context: AudioContext, at: number): void {
  const tone = context.createOscillator()
  const volume = context.createGain()
  tone.frequency.value = 660
  volume.gain.setValueAtTime(0.2, at)
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.25)
  tone.connect(volume).connect(context.destination)
  tone.start(at)
  tone.stop(at + 0.25)
}
