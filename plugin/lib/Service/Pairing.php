<?php

declare(strict_types=1);

/**
 * Owns which sync server this Nextcloud is paired with: its addresses, and the secret they share.
 *
 * `'auzolan' => ['server_url' => …, 'server_internal_url' => …, 'secret_file' => …]` in config.php wins over what is
 * stored, for installations whose settings come from files.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCA\Auzolan\Config\Lexicon;
use OCP\AppFramework\Services\IAppConfig;
use OCP\AppFramework\Utility\ITimeFactory;
use OCP\IConfig;

final class Pairing {
	/** App config is cached for some seconds in every PHP process, and a server is restarted by hand: no rotation is atomic. */
	public const ROTATION_SECONDS = 600;

	private const SYSTEM_KEY = 'auzolan';
	private const SECRET_FILE = 'secret_file';
	/** Secrets of before that are remembered, while there are that many within the time. */
	private const PREVIOUS_MAX = 3;
	/** Short secrets are guessable offline from any one token, and the server refuses them as well. */
	private const SECRET_MIN_CHARACTERS = 32;
	/** As hex: 64 characters. */
	private const SECRET_BYTES = 32;

	public function __construct(
		private readonly IAppConfig $config,
		private readonly IConfig $system,
		private readonly ITimeFactory $clock,
	) {
	}

	public function configured(): bool {
		return $this->base() !== '' && $this->secret() !== '';
	}

	/** The secret, or '' while there is none that is long enough. */
	public function secret(): string {
		$file = $this->fromSystem(self::SECRET_FILE);
		// A file that cannot be read counts as no secret; the diagnosis says so.
		$secret = $file === '' ? $this->config->getAppValueString(Lexicon::SECRET) : trim((string)@file_get_contents($file));
		return strlen($secret) < self::SECRET_MIN_CHARACTERS ? '' : $secret;
	}

	/**
	 * With which the server may sign now: the secret, and for ten minutes also those before it.
	 *
	 * @return list<string>
	 */
	public function acceptedSecrets(): array {
		$since = $this->clock->getTime() - $this->config->getAppValueInt(Lexicon::SECRET_ROTATED_AT);
		$secrets = [$this->secret()];
		if ($since >= 0 && $since < self::ROTATION_SECONDS) {
			array_push($secrets, ...explode(' ', $this->config->getAppValueString(Lexicon::SECRET_PREVIOUS)));
		}
		return array_values(array_filter($secrets, static fn (string $secret): bool => strlen($secret) >= self::SECRET_MIN_CHARACTERS));
	}

	/** Makes the first secret, or a new one while the old one is still accepted. */
	public function newSecret(): void {
		// Twice within the time: the server may still have any of them.
		$previous = implode(' ', array_slice($this->acceptedSecrets(), 0, self::PREVIOUS_MAX));
		if ($previous !== '') {
			$this->config->setAppValueString(Lexicon::SECRET_PREVIOUS, $previous, sensitive: true);
			$this->config->setAppValueInt(Lexicon::SECRET_ROTATED_AT, $this->clock->getTime());
		}
		$this->config->setAppValueString(Lexicon::SECRET, bin2hex(random_bytes(self::SECRET_BYTES)), sensitive: true);
	}

	/** The public address as http(s), without trailing slash, or '' while there is none that can be used. */
	public function serverUrl(): string {
		return $this->publicAddress()?->url() ?? '';
	}

	/** Where Nextcloud itself calls the server, or ''. */
	public function base(): string {
		return ($this->internalAddress() ?? $this->publicAddress())?->url() ?? '';
	}

	public function publicAddress(): ?Address {
		return Address::parse($this->typed(Lexicon::SERVER_URL));
	}

	public function internalAddress(): ?Address {
		return Address::parse($this->typed(Lexicon::SERVER_INTERNAL_URL));
	}

	/** The setting as somebody typed it. */
	public function typed(string $key): string {
		$set = $this->fromSystem($key);
		return trim($set === '' ? $this->config->getAppValueString($key) : $set);
	}

	public function setAddress(string $key, string $typed): void {
		$this->config->setAppValueString($key, trim($typed));
	}

	/**
	 * The keys that config.php decides, which therefore nothing else can change.
	 *
	 * @return list<string>
	 */
	public function fixed(): array {
		$keys = [Lexicon::SERVER_URL, Lexicon::SERVER_INTERNAL_URL, self::SECRET_FILE];
		return array_values(array_filter($keys, fn (string $key): bool => $this->fromSystem($key) !== ''));
	}

	public function hasSecretFile(): bool {
		return $this->fromSystem(self::SECRET_FILE) !== '';
	}

	private function fromSystem(string $key): string {
		$set = $this->system->getSystemValue(self::SYSTEM_KEY, []);
		return is_array($set) && is_string($set[$key] ?? null) ? $set[$key] : '';
	}
}
