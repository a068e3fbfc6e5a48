<?php

declare(strict_types=1);

/**
 * Owns that news about people reaches the sync server: told at once, and again later when it did not answer.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCA\Auzolan\BackgroundJob\TellServer;
use OCP\BackgroundJob\IJobList;

final class Herald {
	/** A directory sync changes thousands of people in one process: with the server down, only the first waits for it. */
	private bool $unheard = false;

	public function __construct(
		private readonly Pairing $pairing,
		private readonly SyncServer $server,
		private readonly IJobList $jobs,
	) {
	}

	/** @param 'people'|'teams'|'ended'|'endedGroups'|'endedTeams' $kind */
	public function tell(string $kind, string $id): void {
		if (!$this->pairing->configured()) {
			return;
		}
		$this->unheard = $this->unheard || !$this->heard($kind, $id);
		if ($this->unheard) {
			$this->jobs->add(TellServer::class, ['kind' => $kind, 'id' => $id]);
		}
	}

	/** @param 'people'|'teams'|'ended'|'endedGroups'|'endedTeams' $kind */
	public function heard(string $kind, string $id): bool {
		$nobody = ['people' => [], 'teams' => [], 'ended' => [], 'endedGroups' => [], 'endedTeams' => []];
		return $this->server->changed([$kind => [$id]] + $nobody)->ok();
	}
}
