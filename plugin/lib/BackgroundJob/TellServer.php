<?php

declare(strict_types=1);

/**
 * Owns the later attempts to tell the sync server about somebody, until it has heard.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\BackgroundJob;

use OCA\Auzolan\AppInfo\Application;
use OCA\Auzolan\Service\Herald;
use OCP\AppFramework\Utility\ITimeFactory;
use OCP\BackgroundJob\IJobList;
use OCP\BackgroundJob\QueuedJob;
use Psr\Log\LoggerInterface;

final class TellServer extends QueuedJob {
	/** As often as cron runs. Added without a delay, the same run of cron would take the job again and again. */
	private const AGAIN_SECONDS = 240;
	/** Tokens live for five minutes and leases for ten; a server that was away for a day knows nothing of before. */
	private const TRIES_MAX = 360;

	public function __construct(
		ITimeFactory $time,
		private readonly Herald $herald,
		private readonly IJobList $jobs,
		private readonly LoggerInterface $logger,
	) {
		parent::__construct($time);
	}

	/** @param array{kind: 'people'|'groups'|'teams'|'ended', id: string, tries?: int} $argument */
	protected function run($argument): void {
		if ($this->herald->heard($argument['kind'], $argument['id'])) {
			return;
		}
		$tries = ($argument['tries'] ?? 0) + 1;
		if ($tries >= self::TRIES_MAX) {
			$this->logger->warning('The sync server was told nothing about a change for a day; giving up', ['app' => Application::APP_ID]);
			return;
		}
		$this->jobs->scheduleAfter(self::class, $this->time->getTime() + self::AGAIN_SECONDS, ['tries' => $tries] + $argument);
	}
}
