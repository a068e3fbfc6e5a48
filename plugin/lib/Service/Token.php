<?php

declare(strict_types=1);

/**
 * Owns what Nextcloud says to the sync server about a person, and its signature.
 *
 * HS256 by hand: apps share one PHP class space, and a bundled JWT library gets replaced by whatever version
 * another app has loaded first (nextcloud/whiteboard#1307).
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCP\AppFramework\Utility\ITimeFactory;
use OCP\IConfig;
use OCP\IURLGenerator;
use OCP\IUser;
use OCP\L10N\IFactory;

final class Token {
	public const API_SECONDS = 300;
	public const TICKET_SECONDS = 60;
	private const HOST_SECONDS = 60;

	private const AUDIENCE = 'auzolan-server';
	/** Clocks differ by a second even between well-kept machines, and "token not valid yet" helps nobody. */
	private const CLOCK_SKEW_SECONDS = 30;
	/** The server refuses a token that names more of either. */
	private const NAMES_MAX = 200;
	/** Groups and Teams as JSON. The token is 4/3 of that and travels in one header line, for which nginx has 8 KiB. */
	private const NAMES_MAX_BYTES = 4800;
	private const LANGUAGES = ['es', 'eu', 'ca', 'en'];

	public function __construct(
		private readonly Pairing $pairing,
		private readonly IURLGenerator $urls,
		private readonly Directory $directory,
		private readonly IFactory $languages,
		private readonly ITimeFactory $clock,
		private readonly IConfig $system,
	) {
	}

	/** For REST and exchange, any document. */
	public function forApi(IUser $user): string {
		return $this->mint($this->person($user) + ['scope' => 'api'], self::API_SECONDS);
	}

	/** For the sockets of one document. */
	public function forDocument(IUser $user, string $document): string {
		return $this->mint($this->person($user) + ['scope' => 'ticket', 'document' => $document], self::TICKET_SECONDS);
	}

	/** For one call of Nextcloud's own, with exactly this body. */
	public function forHost(string $call, string $body): string {
		$claims = ['sub' => 'nextcloud', 'name' => 'Nextcloud', 'scope' => 'system', 'call' => $call, 'body' => hash('sha256', $body)];
		return $this->mint($claims, self::HOST_SECONDS);
	}

	/**
	 * The name Nextcloud signs with: the server trusts one. It is overwrite.cli.url, which is the same for occ, for cron and at
	 * whatever address somebody has opened Nextcloud.
	 */
	public function issuer(): string {
		$set = rtrim($this->system->getSystemValueString('overwrite.cli.url'), '/');
		return Address::parse($set) === null ? $this->opened() : $set;
	}

	/** Where Nextcloud was opened for this request. */
	public function opened(): string {
		return rtrim($this->urls->getAbsoluteURL('/'), '/');
	}

	/** @return array<string, mixed> */
	private function person(IUser $user): array {
		$uid = $user->getUID();
		$claims = [
			'sub' => $uid,
			'name' => $user->getDisplayName(),
			'language' => $this->language($user),
			'admin' => $this->directory->isAdmin($uid),
		];
		$groups = $this->directory->groups($user);
		$teams = $this->directory->teams($user);
		// Where they do not fit, or cannot be said now, the server asks for them instead (ServerController::users).
		return $teams !== null && $this->fits($groups, $teams) ? $claims + ['groups' => $groups, 'teams' => $teams] : $claims;
	}

	/**
	 * @param list<string> $groups
	 * @param list<string> $teams
	 */
	private function fits(array $groups, array $teams): bool {
		return count($groups) <= self::NAMES_MAX && count($teams) <= self::NAMES_MAX
			&& strlen((string)json_encode([$groups, $teams], JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE)) <= self::NAMES_MAX_BYTES;
	}

	private function language(IUser $user): string {
		// Regional codes (es_MX, ca@valencia) are spoken to in their language.
		$language = substr($this->languages->getUserLanguage($user), 0, 2);
		return in_array($language, self::LANGUAGES, true) ? $language : 'en';
	}

	/** @param array<string, mixed> $claims */
	private function mint(array $claims, int $seconds): string {
		$now = $this->clock->getTime();
		$claims += [
			'iss' => $this->issuer(),
			'aud' => self::AUDIENCE,
			'iat' => $now,
			'nbf' => $now - self::CLOCK_SKEW_SECONDS,
			'exp' => $now + $seconds,
			'jti' => bin2hex(random_bytes(16)),
		];
		return $this->sign($claims, Keys::ofNextcloud($this->pairing->secret()));
	}

	/** @param array<string, mixed> $claims */
	private function sign(array $claims, string $key): string {
		$signed = $this->base64url('{"alg":"HS256","typ":"JWT"}') . '.'
			// A display name imported from a directory with broken bytes must not lock its owner out.
			. $this->base64url(json_encode($claims, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE));
		return $signed . '.' . $this->base64url(hash_hmac('sha256', $signed, $key, true));
	}

	private function base64url(string $bytes): string {
		return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
	}
}
