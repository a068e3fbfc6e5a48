/** Files of Nextcloud, where the page around us is one. */
import axios from '@nextcloud/axios'

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
        const { data } = await axios.get<Blob>(node.source, { responseType: 'blob' })
        return new File([data], node.basename, { type: data.type })
      }),
    )
  } catch (error) {
    if (error instanceof FilePickerClosed) return []
    throw error
  }
}
