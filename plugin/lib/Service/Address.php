<?php

declare(strict_types=1);

/**
 * Owns what a usable address of the sync server looks like, and what its host tells about who can reach it.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

final class Address {
	/** Endings that public name servers never answer for. */
	private const INSIDE_ENDINGS = ['.local', '.localdomain', '.localhost', '.internal', '.intranet', '.lan', '.home.arpa'];

	/**
	 * @param 'http'|'https' $scheme
	 * @param string $host lower case; IPv6 in its brackets
	 * @param string $path without trailing slash
	 */
	private function __construct(
		public readonly string $scheme,
		public readonly string $host,
		public readonly ?int $port,
		public readonly string $path,
	) {
	}

	/** What was typed, or null when it cannot be an address. */
	public static function parse(string $typed): ?self {
		$parts = parse_url(trim($typed));
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
		return new self($scheme, $host, $parts['port'] ?? null, $path);
	}

	public function url(): string {
		return $this->scheme . '://' . $this->authority() . $this->path;
	}

	public function authority(): string {
		return $this->port === null ? $this->host : $this->host . ':' . $this->port;
	}

	/**
	 * `https://host` does not cover `wss://host` in every browser, so a policy has to name both.
	 *
	 * @return list<string>
	 */
	public function origins(): array {
		$socket = $this->scheme === 'https' ? 'wss' : 'ws';
		return [$this->scheme . '://' . $this->authority(), $socket . '://' . $this->authority()];
	}

	/** The machine itself. Browsers treat http there as safe as https. */
	public function isLoopback(): bool {
		return $this->host === 'localhost' || $this->host === '[::1]' || str_starts_with($this->host, '127.');
	}

	/** Whether only machines of the same network can find this host: `auzolan`, `10.0.0.3`, `nas.local`. */
	public function isInside(): bool {
		$ip = filter_var(trim($this->host, '[]'), FILTER_VALIDATE_IP);
		if ($ip !== false) {
			return filter_var($ip, FILTER_VALIDATE_IP, FILTER_FLAG_NO_PRIV_RANGE | FILTER_FLAG_NO_RES_RANGE) === false;
		}
		if (!str_contains($this->host, '.')) {
			return true;
		}
		foreach (self::INSIDE_ENDINGS as $ending) {
			if (str_ends_with($this->host, $ending)) {
				return true;
			}
		}
		return false;
	}
}
