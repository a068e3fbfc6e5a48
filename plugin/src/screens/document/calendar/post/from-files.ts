/** Files of Nextcloud, where the page around us is one. */
import { requestHost } from '../../../../http.ts'

/** The standalone host has no files of its own. */
export const canPickFromFiles = 'OC' in globalThis && 'OCA' in globalThis

/** Empty when somebody closes the picker. */
export async function pickFromFiles(types: readonly string[]): Promise<File[]> {
  const { getFilePickerBuilder, FilePickerClosed } = await import('@nextcloud/dialogs')
  const { t } = await import('../../../../l10n.ts')
  const picker = getFilePickerBuilder(t('Images and videos'))
    .setMultiSelect(true)
    .setMimeTypeFilter([...types])
    .setButtonFactory(() => [{ label: t('Choose'), variant: 'primary', callback: () => {} }])
    .build()
  try {
    const nodes = await picker.pickNodes()
    return await Promise.all(
      nodes.map(async (node) => {
        const data = await requestHost<Blob>('GET', node.source, { responseType: 'blob' })
        return new File([data], node.basename, { type: data.type })
      }),
    )
  } catch (error) {
    if (error instanceof FilePickerClosed) return []
    throw error
  }
}
