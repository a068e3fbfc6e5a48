<?php

declare(strict_types=1);

/**
 * Owns what one signed question to the sync server tells: whether it is there, whom it trusts, its clock and version, whether
 * it reaches Nextcloud, and whether it can store.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Diagnosis;

use OCA\Auzolan\AppInfo\Application;
use OCA\Auzolan\Service\Answer;
use OCA\Auzolan\Service\Pairing;
use OCA\Auzolan\Service\SyncServer;
use OCA\Auzolan\Service\Token;
use OCP\App\IAppManager;
use OCP\AppFramework\Utility\ITimeFactory;
use OCP\IL10N;

final class ServerChecks {
	private const CLOCK_WARN_SECONDS = 5;
	/** Tokens live for a minute at least; beyond that they are refused. */
	private const CLOCK_ERROR_SECONDS = 60;
	private const FREE_MIN_BYTES = 500 * 1024 * 1024;

	public function __construct(
		private readonly Pairing $pairing,
		private readonly SyncServer $server,
		private readonly Token $token,
		private readonly IAppManager $apps,
		private readonly ITimeFactory $clock,
		private readonly IL10N $l10n,
		private readonly WayBackChecks $wayBack,
	) {
	}

	/** @return list<Finding> */
	public function run(): array {
		$nonce = bin2hex(random_bytes(16));
		$asked = $this->clock->getTime();
		$answer = $this->server->selfTest([
			'nonce' => $nonce,
			'time' => $asked,
			'protocol' => SyncServer::PROTOCOL,
			'version' => $this->version(),
		]);
		$told = $answer->json();
		if ($answer->status === 401) {
			return $this->refused($answer, $asked);
		}
		if (!$answer->ok() || ($told['nonce'] ?? null) !== $nonce) {
			return [$this->unanswered($answer)];
		}
		$tried = $this->tried();
		return array_values(array_filter([
			new Finding('nextcloud-to-server', Finding::OK, $this->l10n->t('The sync server answers.'), $tried, 'HTTP 200'),
			new Finding('secret-shared', Finding::OK, $this->l10n->t('Nextcloud and the sync server have the same secret.'), $tried),
			$this->clocks($this->skew((int)($told['time'] ?? 0), $asked)),
			$this->versions($told),
			...$this->wayBack->run(is_array($told['nextcloud'] ?? null) ? $told['nextcloud'] : []),
			$this->storage(is_array($told['storage'] ?? null) ? $told['storage'] : []),
		]));
	}

	private function tried(): string {
		return 'POST ' . $this->pairing->base() . '/api/v1/host/self-test';
	}

	private function version(): string {
		return $this->apps->getAppVersion(Application::APP_ID);
	}

	private function unanswered(Answer $answer): Finding {
		if ($answer->status === 0 || in_array($answer->status, [502, 503, 504], true)) {
			return new Finding(
				'nextcloud-to-server',
				Finding::ERROR,
				$this->l10n->t('The sync server does not answer.'),
				$this->tried(),
				$answer->said(),
				$this->l10n->t('Check that the server is running (“systemctl status auzolan”), its address, and firewalls between the two machines.'),
			);
		}
		return new Finding(
			'nextcloud-to-server',
			Finding::ERROR,
			$this->l10n->t('At the address of the sync server, something else answers.'),
			$this->tried(),
			$answer->said(),
			$this->l10n->t('Check address and path; when the proxy does not pass the path yet, set an internal address as well.'),
		);
	}

	/**
	 * The server was there and did not believe us.
	 *
	 * @return list<Finding>
	 */
	private function refused(Answer $answer, int $asked): array {
		$there = new Finding('nextcloud-to-server', Finding::OK, $this->l10n->t('The sync server answers.'), $this->tried(), $answer->said());
		$skew = $answer->time === null ? 0 : $this->skew($answer->time, $asked);
		$told = $answer->json();
		if (($told['code'] ?? '') === 'TICKET_EXPIRED' || abs($skew) > self::CLOCK_ERROR_SECONDS) {
			return [$there, abs($skew) > self::CLOCK_WARN_SECONDS ? $this->clocks($skew) : $this->clocksApart($answer->said())];
		}
		if (str_contains((string)($told['detail'] ?? ''), 'iss')) {
			return [$there, new Finding(
				'secret-shared',
				Finding::ERROR,
				$this->l10n->t('The sync server belongs to a Nextcloud with another address.'),
				$this->token->issuer(),
				$answer->said(),
				$this->l10n->t('Set AUZOLAN_NEXTCLOUD_URL of the server to the address that people use, and restart the server.'),
			)];
		}
		return [$there, $this->secretsDiffer($answer->said())];
	}

	private function secretsDiffer(string $cameBack): Finding {
		return new Finding(
			'secret-shared',
			Finding::ERROR,
			$this->l10n->t('Nextcloud and the sync server have different secrets.'),
			$this->tried(),
			$cameBack,
			$this->l10n->t('Give the server what “occ auzolan:setup --show-env” prints, and restart it.'),
		);
	}

	/** Seconds by which the server is ahead. It looked at its clock at some time between question and answer. */
	private function skew(int $theirs, int $asked): int {
		$answered = $this->clock->getTime();
		return $theirs < $asked ? $theirs - $asked : max(0, $theirs - $answered);
	}

	private function clocks(int $skew): Finding {
		$seconds = abs($skew);
		if ($seconds <= self::CLOCK_WARN_SECONDS) {
			return new Finding('clock', Finding::OK, $this->l10n->t('The clocks of both sides agree.'), $this->tried(), $skew . ' s');
		}
		return new Finding(
			'clock',
			$seconds > self::CLOCK_ERROR_SECONDS ? Finding::ERROR : Finding::WARNING,
			$this->l10n->t('The clocks of Nextcloud and the sync server differ by %s seconds.', [(string)$seconds]),
			$this->tried(),
			$skew . ' s',
			$this->l10n->t('Let both machines set their clocks by the network (NTP).'),
		);
	}

	/** A proxy in between tells its own time in the Date header, so by how much is not known. */
	private function clocksApart(string $cameBack): Finding {
		return new Finding(
			'clock',
			Finding::ERROR,
			$this->l10n->t('The clocks of Nextcloud and the sync server differ by more than a minute.'),
			$this->tried(),
			$cameBack,
			$this->l10n->t('Let both machines set their clocks by the network (NTP).'),
		);
	}

	/** @param array<string, mixed> $told */
	private function versions(array $told): Finding {
		$theirs = is_array($told['protocol'] ?? null) ? $told['protocol'] : ['min' => 0, 'max' => 0];
		$fit = (int)($theirs['min'] ?? 0) <= SyncServer::PROTOCOL['max'] && (int)($theirs['max'] ?? 0) >= SyncServer::PROTOCOL['min'];
		$version = is_string($told['version'] ?? null) ? $told['version'] : '?';
		$cameBack = sprintf('%s / %s', $this->version(), $version);
		if ($fit) {
			return new Finding('version', Finding::OK, $this->l10n->t('The versions of app and sync server fit together.'), 'app / server', $cameBack);
		}
		return new Finding(
			'version',
			Finding::ERROR,
			$this->l10n->t('The versions of app and sync server do not fit together.'),
			'app / server',
			sprintf('%s (protocol %d-%d)', $cameBack, (int)($theirs['min'] ?? 0), (int)($theirs['max'] ?? 0)),
			$this->l10n->t('Install the same version of both.'),
		);
	}

	/** @param array<string, mixed> $storage */
	private function storage(array $storage): Finding {
		$free = is_int($storage['freeBytes'] ?? null) ? $storage['freeBytes'] : null;
		$cameBack = $free === null ? '' : intdiv($free, 1024 * 1024) . ' MB';
		$fix = $this->l10n->t('Look after the disk and the permissions of the folder in AUZOLAN_DATA.');
		if (($storage['writable'] ?? false) !== true) {
			return new Finding('storage', Finding::ERROR, $this->l10n->t('The sync server cannot store: its disk is full, or its data folder is not writable.'), 'AUZOLAN_DATA', $cameBack, $fix);
		}
		return $free !== null && $free < self::FREE_MIN_BYTES
			? new Finding('storage', Finding::WARNING, $this->l10n->t('The disk of the sync server is nearly full.'), 'AUZOLAN_DATA', $cameBack, $fix)
			: new Finding('storage', Finding::OK, $this->l10n->t('The sync server can store.'), 'AUZOLAN_DATA', $cameBack);
	}
}
