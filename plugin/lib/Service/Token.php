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
use OCP\IGroupManager;
use OCP\IURLGenerator;
use OCP\IUser;
use OCP\L10N\IFactory;

final class Token {
	public const API_SECONDS = 300;
	public const TICKET_SECONDS = 60;

	private const AUDIENCE = 'auzolan-server';
	/** One secret, one key per direction: what we sign for the server can never be replayed to us as its signature. */
	private const KEY_PURPOSE = 'auzolan nc->server';
	private const KEY_BYTES = 32;
	/** Clocks differ by a second even between well-kept machines, and "token not valid yet" helps nobody. */
	private const CLOCK_SKEW_SECONDS = 30;
	/** The server refuses a token that names more. */
	private const GROUPS_MAX = 200;
	/** As JSON. The token is 4/3 of that and travels in one header line, for which nginx has 8 KiB. */
	private const GROUPS_MAX_BYTES = 4800;
	private const LANGUAGES = ['es', 'eu', 'ca', 'en'];

	public function __construct(
		private readonly Pairing $pairing,
		private readonly IURLGenerator $urls,
		private readonly IGroupManager $groups,
		private readonly IFactory $languages,
		private readonly ITimeFactory $clock,
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

	/** @return array<string, mixed> */
	private function person(IUser $user): array {
		$uid = $user->getUID();
		$claims = [
			'sub' => $uid,
			'name' => $user->getDisplayName(),
			// Teams need circles on 32 and ITeamManager from 33 on; until then the server sees none.
			'teams' => [],
			'language' => $this->language($user),
			'admin' => $this->groups->isAdmin($uid),
		];
		// PHP turns the id of a group called "2026" into a number when it was an array key.
		$groups = array_map(strval(...), array_values($this->groups->getUserGroupIds($user)));
		// Known gap: somebody whose groups do not fit is sent without any, and so finds no document of a group, only
		// those where they are named themselves. The cure is that the server asks for the groups; it cannot do so yet.
		return $this->fits($groups) ? $claims + ['groups' => $groups] : $claims;
	}

	/** @param list<string> $groups */
	private function fits(array $groups): bool {
		return count($groups) <= self::GROUPS_MAX
			&& strlen((string)json_encode($groups, JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE)) <= self::GROUPS_MAX_BYTES;
	}

	private function language(IUser $user): string {
		// Regional codes (es_MX, ca@valencia) are spoken to in their language.
		$language = substr($this->languages->getUserLanguage($user), 0, 2);
		return in_array($language, self::LANGUAGES, true) ? $language : 'en';
	}

	/** @param array<string, mixed> $claims */
	private function mint(array $claims, int $seconds): string {
		$now = $this->clock->getTime();
		$secret = $this->pairing->secret();
		if ($secret === '') {
			// hash_hkdf would happily derive a key from nothing, which anybody could derive as well.
			throw new \LogicException('A token was asked for before a secret was set');
		}
		$claims += [
			'iss' => rtrim($this->urls->getAbsoluteURL('/'), '/'),
			'aud' => self::AUDIENCE,
			'iat' => $now,
			'nbf' => $now - self::CLOCK_SKEW_SECONDS,
			'exp' => $now + $seconds,
			'jti' => bin2hex(random_bytes(16)),
		];
		return $this->sign($claims, hash_hkdf('sha256', $secret, self::KEY_BYTES, self::KEY_PURPOSE));
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
