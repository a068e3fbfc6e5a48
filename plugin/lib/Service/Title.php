<?php

declare(strict_types=1);

/**
 * Owns which of the titles of a document somebody reads: in their language if there is one, else the document's first.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCP\IL10N;

final class Title {
	/** @param array<mixed> $titles by language */
	public static function in(array $titles, IL10N $l10n): string {
		$texts = array_filter($titles, static fn (mixed $text): bool => is_string($text) && trim($text) !== '');
		// Regional codes (es_MX, ca@valencia) are spoken to in their language.
		return $texts[substr($l10n->getLanguageCode(), 0, 2)] ?? (reset($texts) ?: $l10n->t('Untitled'));
	}
}
