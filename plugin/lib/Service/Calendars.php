<?php

declare(strict_types=1);

/**
 * Owns the calendars of a person as the sync server says; remembered, because calendars are looked at often, and phones all at once.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCP\AppFramework\Utility\ITimeFactory;
use OCP\ICache;
use OCP\ICacheFactory;
use OCP\IUser;

final class Calendars {
	private const FRESH_SECONDS = 60;
	/** A calendar that is gone for the minute of an upgrade is taken off phones, with whatever had been set there. */
	private const KEPT_SECONDS = 86400;
	/** Every look at a calendar would wait for a server that does not answer. */
	private const DOWN_SECONDS = 20;
	private const ID = '/^[0-9a-f-]{36}$/D';

	private readonly ICache $cache;
	/** @var array<string, ?string> of this request, also where Nextcloud has no memory cache */
	private array $asked = [];

	public function __construct(
		private readonly SyncServer $server,
		private readonly Token $token,
		private readonly ITimeFactory $clock,
		ICacheFactory $caches,
	) {
		$this->cache = $caches->createDistributed('auzolan-calendars');
	}

	/** @return list<array{id: string, title: array<mixed>}> */
	public function of(IUser $user): array {
		$text = $this->known($user, '', fn (string $token): Answer => $this->server->calendars($token));
		$plans = $text === null ? null : json_decode($text, true);
		return array_values(array_filter(is_array($plans) ? $plans : [], static fn (mixed $plan): bool => is_array($plan)
			&& is_string($plan['id'] ?? null) && preg_match(self::ID, $plan['id']) === 1 && is_array($plan['title'] ?? null)));
	}

	/** As iCalendar; null when nobody can say. */
	public function events(IUser $user, string $document): ?string {
		return $this->known($user, $document, fn (string $token): Answer => $this->server->calendar($document, $token));
	}

	/** @param \Closure(string): Answer $ask */
	private function known(IUser $user, string $what, \Closure $ask): ?string {
		$key = hash('sha256', $user->getUID() . "\n" . $what);
		if (!array_key_exists($key, $this->asked)) {
			$this->asked[$key] = $this->find($user, $key, $ask);
		}
		return $this->asked[$key];
	}

	/** @param \Closure(string): Answer $ask */
	private function find(IUser $user, string $key, \Closure $ask): ?string {
		$kept = $this->cache->get($key);
		$kept = is_array($kept) ? $kept : null;
		if ($kept !== null && $this->clock->getTime() - $kept['at'] < self::FRESH_SECONDS) {
			return self::unpacked($kept);
		}
		if ($this->cache->get('down') === 1) {
			return self::unpacked($kept);
		}
		$answer = $ask($this->token->forApi($user));
		if ($answer->status === 200) {
			$this->cache->set($key, ['at' => $this->clock->getTime(), 'packed' => gzdeflate($answer->body)], self::KEPT_SECONDS);
			return $answer->body;
		}
		if ($answer->status === 0 || $answer->status >= 500) {
			$this->cache->set('down', 1, self::DOWN_SECONDS);
			return self::unpacked($kept);
		}
		// It is theirs no longer.
		$this->cache->remove($key);
		return null;
	}

	/** @param ?array{packed: string} $kept */
	private static function unpacked(?array $kept): ?string {
		$text = $kept === null ? false : gzinflate($kept['packed']);
		return $text === false ? null : $text;
	}
}
