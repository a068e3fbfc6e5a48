<?php

declare(strict_types=1);

/**
 * Owns the two keys that come from one secret, one per direction: what one side signs can never be replayed to it as the
 * other's signature.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

final class Keys {
	private const BYTES = 32;

	public static function ofNextcloud(string $secret): string {
		return self::derive($secret, 'auzolan nc->server');
	}

	public static function ofServer(string $secret): string {
		return self::derive($secret, 'auzolan server->nc');
	}

	private static function derive(string $secret, string $purpose): string {
		if ($secret === '') {
			// hash_hkdf would happily derive a key from nothing, which anybody could derive as well.
			throw new \LogicException('A key was asked for before a secret was set');
		}
		return hash_hkdf('sha256', $secret, self::BYTES, $purpose);
	}
}
