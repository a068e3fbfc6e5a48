/** What the bundler puts in, and how TypeScript sees Vue files. */
declare const appName: string
declare const appVersion: string

declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<object, object, unknown>
  export default component
}
declare module '*.css?inline' {
  const text: string
  export default text
}
declare module '*.css'
