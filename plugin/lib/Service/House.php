<?php

declare(strict_types=1);

/**
 * Owns what the sync server says of ours to a person who is elsewhere in Nextcloud: what is found, and what a link is about.
 *
 * Whatever they may not read the server does not say, and nothing of it is remembered here but that the server is silent.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCP\ICache;
use OCP\ICacheFactory;
use OCP\IL10N;
use OCP\IUser;

final class House {
	/** Every word that somebody types would wait for a server that does not answer. */
	private const DOWN_SECONDS = 20;
	/** What the server takes, in signs and in bytes of an address. */
	private const QUERY_MAX = 200;
	private const PATH_MAX = 2000;

	private readonly ICache $cache;

	public function __construct(
		private readonly SyncServer $server,
		private readonly Token $token,
		private readonly Pairing $pairing,
		private readonly Places $places,
		private readonly Speech $speech,
		ICacheFactory $caches,
	) {
		$this->cache = $caches->createLocal('auzolan-house');
	}

	/** @return array{found: list<array{kind: string, title: string, line: string, url: string}>, next: ?int} nothing when nobody can say now */
	public function found(IUser $user, string $query, int $from, int $limit): array {
		$query = mb_substr(trim($query), 0, self::QUERY_MAX);
		$answer = $query === '' ? null : $this->asked($user, 'house/found?' . http_build_query(['q' => $query, 'from' => $from, 'limit' => $limit]));
		$found = is_array($answer['found'] ?? null) ? $answer['found'] : [];
		$l10n = $this->speech->of($user);
		return [
			'found' => array_values(array_filter(array_map(fn (mixed $told): ?array => $this->told($told, $l10n), $found))),
			'next' => is_int($answer['next'] ?? null) ? $answer['next'] : null,
		];
	}

	/**
	 * @param string $path below the app, with its query
	 * @return ?array{kind: string, title: string, line: string, url: string} null for whoever may not read it
	 */
	public function preview(IUser $user, string $path): ?array {
		$answer = strlen($path) > self::PATH_MAX ? null : $this->asked($user, 'house/preview?' . http_build_query(['path' => $path]));
		return $this->told($answer, $this->speech->of($user));
	}

	/** @return ?array<mixed> */
	private function asked(IUser $user, string $what): ?array {
		if (!$this->pairing->configured() || $this->cache->get('down') === 1) {
			return null;
		}
		$answer = $this->server->house($what, $this->token->forApi($user));
		if ($answer->status === 0) {
			$this->cache->set('down', 1, self::DOWN_SECONDS);
		}
		return $answer->status === 200 ? $answer->json() : null;
	}

	/** @return ?array{kind: string, title: string, line: string, url: string} */
	private function told(mixed $told, IL10N $l10n): ?array {
		if (!is_array($told) || !is_string($told['kind'] ?? null) || !is_string($told['link'] ?? null)
			|| !str_starts_with($told['link'], '/') || !is_array($told['parts'] ?? null)) {
			return null;
		}
		$parts = array_map(static fn (mixed $part): string => is_array($part) ? self::part($part, $l10n) : '', $told['parts']);
		return [
			'kind' => $told['kind'],
			'title' => self::text($told['title'] ?? '', $l10n),
			'line' => implode(' · ', array_filter($parts, static fn (string $part): bool => $part !== '')),
			'url' => rtrim($this->places->home(), '/') . $told['link'],
		];
	}

	/** @param array<mixed> $part */
	private static function part(array $part, IL10N $l10n): string {
		if (!is_string($part['word'] ?? null)) {
			return isset($part['text']) && $part['text'] !== [] ? self::text($part['text'], $l10n) : '';
		}
		$day = is_string($part['day'] ?? null) ? Speech::day($part['day'], $l10n, 'medium') : null;
		$names = is_string($part['names'] ?? null) ? $part['names'] : '';
		return strtr($l10n->t($part['word']), ['{day}' => $day ?? '', '{names}' => $names]);
	}

	private static function text(mixed $text, IL10N $l10n): string {
		return is_string($text) ? $text : Title::in(is_array($text) ? $text : [], $l10n);
	}
}
