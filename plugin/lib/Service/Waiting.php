<?php

declare(strict_types=1);

/**
 * Owns what waits for a person, as the sync server says; remembered for a moment, because dashboards ask often.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCP\ICache;
use OCP\ICacheFactory;
use OCP\IUser;

final class Waiting {
	private const KNOWN_SECONDS = 20;
	/** Everybody's dashboard would wait for a server that does not answer. */
	private const DOWN_SECONDS = 20;
	private const KINDS = ['decide', 'opinion', 'changes', 'post_review', 'post_emergency', 'post_consent', 'figures', 'reopened', 'score', 'scored', 'tool_review', 'tool_use', 'tools_unwatched'];

	private readonly ICache $cache;

	public function __construct(
		private readonly SyncServer $server,
		private readonly Token $token,
		ICacheFactory $caches,
	) {
		$this->cache = $caches->createLocal('auzolan-waiting');
	}

	/** @return list<array{kind: string, document: string, title: array<mixed>, by: string, since: string, due: ?string, post: ?string}>|null null when nobody can say now */
	public function for(IUser $user): ?array {
		$key = hash('sha256', $user->getUID());
		$known = $this->cache->get($key);
		if (is_array($known)) {
			return $known;
		}
		if ($this->cache->get('down') === 1) {
			return null;
		}
		$answer = $this->server->waiting($this->token->forApi($user));
		$tasks = $answer->status === 200 ? json_decode($answer->body, true) : null;
		if (!is_array($tasks)) {
			if ($answer->status === 0) {
				$this->cache->set('down', 1, self::DOWN_SECONDS);
			}
			return null;
		}
		$waiting = array_values(array_filter(array_map(self::task(...), $tasks)));
		$this->cache->set($key, $waiting, self::KNOWN_SECONDS);
		return $waiting;
	}

	/** @return array{kind: string, document: string, title: array<mixed>, by: string, since: string, due: ?string, post: ?string}|null */
	private static function task(mixed $task): ?array {
		if (!is_array($task) || !in_array($task['kind'] ?? null, self::KINDS, true)
			|| !is_string($task['document'] ?? null) || !is_array($task['title'] ?? null)
			|| !is_string($task['since'] ?? null)) {
			return null;
		}
		$by = $task['by']['name'] ?? '';
		$due = $task['due'] ?? null;
		return [
			'kind' => $task['kind'],
			'document' => $task['document'],
			'title' => $task['title'],
			'by' => is_string($by) ? $by : '',
			'since' => $task['since'],
			'due' => is_string($due) ? $due : null,
			'post' => is_string($task['post'] ?? null) ? $task['post'] : null,
		];
	}
}
