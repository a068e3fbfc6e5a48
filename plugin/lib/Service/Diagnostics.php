<?php

declare(strict_types=1);

/**
 * Owns the one diagnosis of the connection, for occ, the administration page and the set-up check.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCA\Auzolan\Diagnosis\AddressChecks;
use OCA\Auzolan\Diagnosis\ArchiveChecks;
use OCA\Auzolan\Diagnosis\Finding;
use OCA\Auzolan\Diagnosis\HostChecks;
use OCA\Auzolan\Diagnosis\ProxyChecks;
use OCA\Auzolan\Diagnosis\ServerChecks;

final class Diagnostics {
	public function __construct(
		private readonly Pairing $pairing,
		private readonly AddressChecks $address,
		private readonly ServerChecks $server,
		private readonly ProxyChecks $proxy,
		private readonly HostChecks $host,
		private readonly ArchiveChecks $archive,
	) {
	}

	/** @return list<Finding> */
	public function run(): array {
		$findings = $this->address->run();
		if ($this->pairing->configured()) {
			$findings = [...$findings, ...$this->server->run(), ...$this->proxy->run()];
		}
		// Nobody who has not even connected the app wants to hear about its cron.
		return $this->pairing->base() === '' ? $findings : [...$findings, ...$this->host->run(), ...$this->archive->run()];
	}

	/**
	 * @param list<Finding> $findings
	 * @return Finding::*
	 */
	public function worst(array $findings): string {
		$severities = array_map(static fn (Finding $finding): string => $finding->severity, $findings);
		foreach ([Finding::ERROR, Finding::WARNING, Finding::INFO] as $severity) {
			if (in_array($severity, $severities, true)) {
				return $severity;
			}
		}
		return Finding::OK;
	}
}
