/** An icon where there are hundreds: what is drawn, without a component around each. Always decorative. */
import { h, type FunctionalComponent } from 'vue'

export const Glyph: FunctionalComponent<{ path: string; size: number }> = ({ path, size }) =>
  h('svg', { width: size, height: size, viewBox: '0 0 24 24', fill: 'currentColor', 'aria-hidden': 'true' }, [
    h('path', { d: path }),
  ])
Glyph.props = ['path', 'size']
