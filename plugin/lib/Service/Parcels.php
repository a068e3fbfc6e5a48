<?php

declare(strict_types=1);

/**
 * Owns what the sync server hands over to be passed on inside of Nextcloud: in its order, and how far it came.
 *
 * The server sends again what it does not know to have arrived, so whatever is done here may be done twice.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCA\Auzolan\AppInfo\Application;
use Psr\Log\LoggerInterface;

final class Parcels {
	/** The server waits for thirty; the rest comes with the next call. */
	private const SECONDS = 10;
	private const KEYS_MAX = 100;

	public function __construct(
		private readonly Notices $notices,
		private readonly AuditLog $audit,
		private readonly LoggerInterface $logger,
	) {
	}

	/**
	 * @param list<mixed> $parcels
	 * @return array{done: int, refused: list<int>} how many were dealt with, and which of these will never be taken
	 */
	public function take(array $parcels): array {
		$until = microtime(true) + self::SECONDS;
		$refused = [];
		foreach ($parcels as $i => $parcel) {
			if ($i > 0 && microtime(true) > $until) {
				return ['done' => $i, 'refused' => $refused];
			}
			try {
				if (!is_array($parcel) || !$this->one($parcel)) {
					$refused[] = $i;
				}
			} catch (\Throwable $error) {
				// Perhaps the database, perhaps the parcel: the server finds out by coming again.
				$this->logger->error('What the sync server had to tell could not be passed on', ['app' => Application::APP_ID, 'exception' => $error]);
				return ['done' => $i, 'refused' => $refused];
			}
		}
		return ['done' => count($parcels), 'refused' => $refused];
	}

	/**
	 * @param array<mixed> $parcel
	 * @return bool whether it is one
	 */
	private function one(array $parcel): bool {
		switch ($parcel['kind'] ?? null) {
			case 'notify':
				$notice = is_array($parcel['notice'] ?? null) ? Notice::parse($parcel['notice']) : null;
				if ($notice === null) {
					return false;
				}
				$this->notices->tell($notice);
				return true;
			case 'dismiss':
				$keys = $parcel['keys'] ?? null;
				if (!is_array($keys) || count($keys) > self::KEYS_MAX || array_filter($keys, is_string(...)) !== $keys) {
					return false;
				}
				array_map($this->notices->takeBack(...), $keys);
				return true;
			case 'audit':
				return $this->audit->keep($parcel);
			default:
				return false;
		}
	}
}
