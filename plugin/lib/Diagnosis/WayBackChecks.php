<?php

declare(strict_types=1);

/**
 * Owns what the sync server reports about its own call to Nextcloud.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Diagnosis;

use OCP\IL10N;

final class WayBackChecks {
	private const ID = 'server-to-nextcloud';

	public function __construct(
		private readonly IL10N $l10n,
	) {
	}

	/**
	 * @param array<string, mixed> $way as the server tells it: url, reached, address, status, error, maintenance, signature
	 * @return list<Finding>
	 */
	public function run(array $way): array {
		$text = static fn (string $key): string => is_scalar($way[$key] ?? null) ? (string)$way[$key] : '';
		$tried = 'POST ' . $text('url') . ($text('address') === '' ? '' : ' (' . $text('address') . ')');
		$cameBack = trim(($text('status') === '' ? '' : 'HTTP ' . $text('status')) . ' ' . $text('error'));
		if (($way['maintenance'] ?? false) === true) {
			return [new Finding(
				'maintenance',
				Finding::WARNING,
				$this->l10n->t('Nextcloud is in maintenance mode. People who are writing go on; nobody new comes in.'),
				$tried,
				$cameBack,
				$this->l10n->t('When the work is done, run “occ maintenance:mode --off”.'),
			)];
		}
		if (($way['signature'] ?? null) === 'refused') {
			return [new Finding(
				self::ID,
				Finding::ERROR,
				$this->l10n->t('Nextcloud did not believe the sync server: other secret, or a clock that is minutes off.'),
				$tried,
				$cameBack,
				$this->l10n->t('Give the server what “occ auzolan:setup --show-env” prints, and restart it.'),
			)];
		}
		if (($way['signature'] ?? null) !== 'ok') {
			return [new Finding(
				self::ID,
				Finding::ERROR,
				$this->l10n->t('The sync server does not reach Nextcloud.'),
				$tried,
				$cameBack,
				$this->l10n->t('Set AUZOLAN_NEXTCLOUD_INTERNAL_URL of the server to an address of Nextcloud that works on its machine, and restart it.'),
			)];
		}
		return [new Finding(self::ID, Finding::OK, $this->l10n->t('The sync server reaches Nextcloud.'), $tried, $cameBack)];
	}
}
