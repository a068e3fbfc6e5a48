<?php

declare(strict_types=1);

/**
 * Owns the lines in Nextcloud's audit log about what was decided or allowed on the sync server, which keeps its own record.
 *
 * Nextcloud writes them only if its log keeps lines of that level; the diagnosis says so (HostChecks).
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCP\EventDispatcher\IEventDispatcher;
use OCP\Log\Audit\CriticalActionPerformedEvent;

final class AuditLog {
	private const WORD_MAX = 500;
	private const DETAIL_MAX = 2000;

	public function __construct(
		private readonly IEventDispatcher $events,
	) {
	}

	/**
	 * Who did it is a part of the line: what Nextcloud adds by itself is the address of the server.
	 *
	 * @param array<mixed> $deed
	 * @return bool whether it is one
	 */
	public function keep(array $deed): bool {
		$parameters = [];
		foreach (['action', 'actor', 'subject', 'at', 'hash'] as $name) {
			$word = $deed[$name] ?? null;
			if (!is_string($word) || $word === '' || strlen($word) > self::WORD_MAX) {
				return false;
			}
			$parameters[$name] = $word;
		}
		$detail = json_encode($deed['detail'] ?? null, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE);
		if (!is_array($deed['detail'] ?? null)) {
			return false;
		}
		$parameters['detail'] = mb_strcut((string)$detail, 0, self::DETAIL_MAX);
		$this->events->dispatchTyped(new CriticalActionPerformedEvent(
			'Auzolan: "%s" by "%s" on "%s" at %s (record %s): %s',
			$parameters,
		));
		return true;
	}
}
