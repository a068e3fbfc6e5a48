<?php

declare(strict_types=1);

/**
 * Owns whether a call to Nextcloud really comes from the sync server: signed by the shared secret, now, and only once.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCP\AppFramework\Utility\ITimeFactory;
use OCP\ICache;
use OCP\ICacheFactory;
use OCP\IMemcache;
use OCP\IRequest;

final class Signature {
	/** Wide, so that a clock that is off can still be told about: the diagnosis measures it by this very call. */
	private const WINDOW_SECONDS = 300;

	private readonly ICache $seen;

	public function __construct(
		private readonly Pairing $pairing,
		private readonly ITimeFactory $clock,
		ICacheFactory $caches,
	) {
		$this->seen = $caches->createDistributed('auzolan-nonces');
	}

	public function isValid(IRequest $request, string $path, string $body): bool {
		$time = $request->getHeader('X-Auzolan-Time');
		$nonce = $request->getHeader('X-Auzolan-Nonce');
		$given = $request->getHeader('X-Auzolan-Signature');
		if (preg_match('/^\d{1,12}$/D', $time) !== 1
			|| preg_match('/^[0-9a-f]{32}$/D', $nonce) !== 1
			|| abs($this->clock->getTime() - (int)$time) > self::WINDOW_SECONDS) {
			return false;
		}
		$signed = implode("\n", [$time, $nonce, $request->getMethod(), $path, hash('sha256', $body)]);
		foreach ($this->pairing->acceptedSecrets() as $secret) {
			if (hash_equals(hash_hmac('sha256', $signed, Keys::ofServer($secret)), $given)) {
				return $this->firstTime($nonce);
			}
		}
		return false;
	}

	/** Only after the signature was right: strangers must not be able to fill the cache. Without any cache nothing is remembered. */
	private function firstTime(string $nonce): bool {
		// A clock ahead of ours makes a call valid for twice the window.
		$seconds = 2 * self::WINDOW_SECONDS;
		if ($this->seen instanceof IMemcache) {
			return $this->seen->add($nonce, 1, $seconds);
		}
		if ($this->seen->hasKey($nonce)) {
			return false;
		}
		$this->seen->set($nonce, 1, $seconds);
		return true;
	}
}
