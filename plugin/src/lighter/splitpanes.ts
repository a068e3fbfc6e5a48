/** For a frame with a list beside its content, which none of our screens has. */
import { defineComponent } from 'vue'

const none = defineComponent({
  setup() {
    throw new Error('a list beside the content needs splitpanes: take it out of plugin/lighter.ts')
  },
})
export { none as Pane, none as Splitpanes }
