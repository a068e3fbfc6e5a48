<?php

declare(strict_types=1);

/**
 * Owns the language somebody is spoken to in when no page of theirs is open: our words, and how a day is written.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCA\Auzolan\AppInfo\Application;
use OCP\IL10N;
use OCP\IUser;
use OCP\L10N\IFactory;

final class Speech {
	public function __construct(
		private readonly IFactory $languages,
	) {
	}

	/** Regional codes (es_MX, ca@valencia) are spoken to in their language, where Nextcloud itself would speak English. */
	public function in(string $code): IL10N {
		$short = substr($code, 0, 2);
		$known = !$this->languages->languageExists(Application::APP_ID, $code) && $this->languages->languageExists(Application::APP_ID, $short);
		return $this->languages->get(Application::APP_ID, $known ? $short : $code);
	}

	public function of(IUser $user): IL10N {
		return $this->in($this->languages->getUserLanguage($user));
	}

	/** @param ?string $day ISO date */
	public static function day(?string $day, IL10N $l10n, string $width = 'long'): ?string {
		$date = \DateTime::createFromFormat('!Y-m-d', $day ?? '');
		if ($date === false) {
			return null;
		}
		// The calendar that Nextcloud comes with knows no Basque and would write an English date into a Basque sentence.
		return str_starts_with($l10n->getLanguageCode(), 'eu') ? $date->format('Y/m/d') : (string)$l10n->l('date', $date, ['width' => $width]);
	}
}
