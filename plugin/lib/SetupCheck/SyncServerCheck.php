<?php

declare(strict_types=1);

/**
 * Owns the line about Auzolan among Nextcloud's own warnings and `occ setupchecks`.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\SetupCheck;

use OCA\Auzolan\Diagnosis\Finding;
use OCA\Auzolan\Service\Diagnostics;
use OCP\IL10N;
use OCP\SetupCheck\ISetupCheck;
use OCP\SetupCheck\SetupResult;

final class SyncServerCheck implements ISetupCheck {
	/** Nextcloud has checks of its own for cron. */
	private const OF_NEXTCLOUD = ['cron'];

	public function __construct(
		private readonly Diagnostics $diagnostics,
		private readonly IL10N $l10n,
	) {
	}

	public function getCategory(): string {
		return 'network';
	}

	public function getName(): string {
		return $this->l10n->t('Sync server of Auzolan');
	}

	public function run(): SetupResult {
		$findings = array_values(array_filter(
			$this->diagnostics->run(),
			static fn (Finding $finding): bool => !in_array($finding->id, self::OF_NEXTCLOUD, true),
		));
		$worst = $this->diagnostics->worst($findings);
		$said = [];
		foreach ($findings as $finding) {
			if ($finding->severity === $worst) {
				$said[] = trim($finding->message . ' ' . $finding->fix);
			}
		}
		$text = implode("\n", $said);
		return match ($worst) {
			Finding::ERROR => SetupResult::error($text),
			Finding::WARNING => SetupResult::warning($text),
			Finding::INFO => SetupResult::info($text),
			default => SetupResult::success($this->l10n->t('Connected; everything works.')),
		};
	}
}
