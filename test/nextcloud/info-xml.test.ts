// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns the promises of appinfo/info.xml: valid for the app store, complete in four languages. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hasPhp, nextcloudPath, php, pluginPath } from './php.ts'

const infoXml = join(pluginPath, 'appinfo/info.xml')
const LANGUAGES = ['en', 'es', 'eu', 'ca']
const SUMMARY_CHARACTERS = 128

const READ = `
  $xml = simplexml_load_file($argv[1]);
  $out = ['id' => (string)$xml->id, 'namespace' => (string)$xml->namespace, 'licence' => (string)$xml->licence,
    'category' => [], 'route' => (string)$xml->navigations->navigation->route,
    'icon' => (string)$xml->navigations->navigation->icon,
    'min' => (string)$xml->dependencies->nextcloud['min-version'], 'max' => (string)$xml->dependencies->nextcloud['max-version']];
  foreach ($xml->category as $category) { $out['category'][] = (string)$category; }
  foreach (['name', 'summary', 'description'] as $element) {
    foreach ($xml->$element as $text) { $out['texts'][$element][(string)($text['lang'] ?? 'en')] = trim((string)$text); }
  }
  echo json_encode($out, JSON_THROW_ON_ERROR);
`

const VALIDATE = `
  libxml_use_internal_errors(true);
  $document = new DOMDocument();
  $document->load($argv[1]);
  $document->schemaValidate($argv[2]);
  echo json_encode(array_map(fn ($error) => $error->line . ': ' . trim($error->message), libxml_get_errors()));
`

interface Info {
  readonly texts: Record<'name' | 'summary' | 'description', Record<string, string>>
}

describe.runIf(hasPhp)('appinfo/info.xml', () => {
  test('has every text in four languages', async () => {
    const { texts } = JSON.parse(await php(['-r', READ, infoXml])) as Info
    for (const element of ['name', 'summary', 'description'] as const) {
      expect(Object.keys(texts[element]).sort(), element).toEqual([...LANGUAGES].sort())
      for (const language of LANGUAGES)
        expect(texts[element][language], `${element} ${language}`).not.toBe('')
    }
    for (const language of LANGUAGES) {
      expect(texts.summary[language]!.length).toBeLessThanOrEqual(SUMMARY_CHARACTERS)
      if (language !== 'en') expect(texts.description[language]).not.toBe(texts.description['en'])
    }
  })

  test('says what Nextcloud needs to know', async () => {
    expect(JSON.parse(await php(['-r', READ, infoXml]))).toMatchObject({
      id: 'auzolan',
      namespace: 'Auzolan',
      licence: 'AGPL-3.0-or-later',
      category: ['office', 'organization', 'workflow'],
      route: 'auzolan.page.index',
      icon: 'app.svg',
      min: '32',
      max: '34',
    })
  })

  test.runIf(nextcloudPath !== null)('is valid for the schema of this Nextcloud', async () => {
    const schema = join(nextcloudPath!, 'resources/app-info.xsd')
    expect(JSON.parse(await php(['-r', VALIDATE, infoXml, schema]))).toEqual([])
  })
})
