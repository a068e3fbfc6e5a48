<?php

declare(strict_types=1);

/**
 * Owns which sync server this Nextcloud is paired with: its address, its origins, and the secret they share.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCA\Auzolan\Config\Lexicon;
use OCP\AppFramework\Services\IAppConfig;

final class Pairing {
	/** Short secrets are guessable offline from any one token, and the server refuses them as well. */
	private const SECRET_MIN_CHARACTERS = 32;

	public function __construct(
		private readonly IAppConfig $config,
	) {
	}

	public function configured(): bool {
		return $this->serverUrl() !== '' && $this->secret() !== '';
	}

	/** The secret, or '' while there is none that is long enough. */
	public function secret(): string {
		$secret = $this->config->getAppValueString(Lexicon::SECRET);
		return strlen($secret) < self::SECRET_MIN_CHARACTERS ? '' : $secret;
	}

	/** The public address as http(s), without trailing slash, or '' while there is none that can be used. */
	public function serverUrl(): string {
		$address = $this->address();
		return $address === null ? '' : $address['scheme'] . '://' . $address['authority'] . $address['path'];
	}

	/**
	 * What the page may connect to. `https://host` does not cover `wss://host` in every browser, so both are named.
	 *
	 * @return list<string>
	 */
	public function origins(): array {
		$address = $this->address();
		if ($address === null) {
			return [];
		}
		$socket = $address['scheme'] === 'https' ? 'wss' : 'ws';
		return [$address['scheme'] . '://' . $address['authority'], $socket . '://' . $address['authority']];
	}

	/** @return array{scheme: 'http'|'https', authority: string, path: string}|null */
	private function address(): ?array {
		$parts = parse_url(trim($this->config->getAppValueString(Lexicon::SERVER_URL)));
		if ($parts === false) {
			return null;
		}
		// Administrators type the address of a socket server as ws(s); REST calls need http(s).
		$scheme = match (strtolower($parts['scheme'] ?? '')) {
			'https', 'wss' => 'https',
			'http', 'ws' => 'http',
			default => null,
		};
		$host = strtolower($parts['host'] ?? '');
		$path = rtrim($parts['path'] ?? '', '/');
		// The authority goes into a Content-Security-Policy header, where a blank or a semicolon would open it to anything.
		// A user, a query or a fragment has no meaning in a base address: refused rather than silently dropped.
		if ($scheme === null
			|| preg_match('/^([a-z0-9.-]+|\[[0-9a-f:.]+\])$/D', $host) !== 1
			|| preg_match('#^[A-Za-z0-9/._~%-]*$#D', $path) !== 1
			|| isset($parts['user']) || isset($parts['query']) || isset($parts['fragment'])) {
			return null;
		}
		return [
			'scheme' => $scheme,
			'authority' => isset($parts['port']) ? $host . ':' . $parts['port'] : $host,
			'path' => $path,
		];
	}
}
