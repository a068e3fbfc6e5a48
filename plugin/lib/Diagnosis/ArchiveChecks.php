<?php

declare(strict_types=1);

/**
 * Owns the finding about the folder of approved versions, where an administrator has chosen one.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Diagnosis;

use OCA\Auzolan\Service\Archive;
use OCP\IL10N;

final class ArchiveChecks {
	public function __construct(
		private readonly Archive $archive,
		private readonly IL10N $l10n,
	) {
	}

	/** @return list<Finding> */
	public function run(): array {
		if (!$this->archive->configured()) {
			return [];
		}
		$tried = $this->archive->account() . ': /' . $this->archive->folder();
		$problem = $this->archive->problemWith($this->archive->account(), $this->archive->folder());
		return [$problem === ''
			? new Finding('archive', Finding::OK, $this->l10n->t('Approved versions are archived.'), $tried, '-')
			: new Finding(
				'archive',
				Finding::WARNING,
				$this->l10n->t('The folder of approved versions cannot be written. They wait on the sync server.'),
				$tried,
				$problem,
				$this->l10n->t('Give the account room and the right to write there, or choose another folder.'),
			)];
	}
}
