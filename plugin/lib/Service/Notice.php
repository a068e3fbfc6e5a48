<?php

declare(strict_types=1);

/**
 * Owns what a notice is, as the sync server sends it (shared/src/protocol/notices.ts): checked once, here.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

final class Notice {
	/** What somebody has done; and what nobody did, a date. Whoever did it is not told of it. */
	public const DEEDS = ['decide', 'opinion', 'changes', 'approved', 'withdrawn', 'against', 'delegated', 'mention', 'post_review', 'post_emergency', 'post_approved', 'post_returned', 'reopened', 'score', 'suggestion_declined', 'suggestion_evaluating', 'suggestion_evaluated'];
	public const DATES = ['due', 'overdue', 'escalated', 'block', 'figures', 'digest', 'post_overdue', 'scored', 'tool_review', 'tool_use'];
	private const KEY_MAX = 500;
	private const TO_MAX = 1000;
	private const LANGUAGES_MAX = 20;
	private const TEXT_MAX = 4000;

	/**
	 * @param list<array{kind: string, id: string}> $to
	 * @param list<string> $except ids of people
	 * @param array<string, string> $title by language
	 */
	private function __construct(
		public readonly string $key,
		public readonly string $kind,
		public readonly array $to,
		public readonly array $except,
		public readonly string $document,
		public readonly array $title,
		public readonly ?string $byId,
		public readonly string $byName,
		public readonly ?string $due,
		public readonly ?string $role,
		/** Id of the comment it is about. */
		public readonly ?string $comment,
		/** @var array{id: string, title: string}|null the post it is about */
		public readonly ?array $post,
	) {
	}

	/** @param array<mixed> $given */
	public static function parse(array $given): ?self {
		$key = self::text($given['key'] ?? null, self::KEY_MAX);
		$kind = $given['kind'] ?? null;
		$document = $given['document'] ?? null;
		$to = self::principals($given['to'] ?? null);
		$title = self::title($given['title'] ?? null);
		$except = $given['except'] ?? [];
		$by = $given['by'] ?? null;
		$due = $given['due'] ?? null;
		$role = $given['role'] ?? null;
		$comment = $given['comment'] ?? null;
		$post = $given['post'] ?? null;
		if ($key === null || $to === null || $title === null
			|| !in_array($kind, [...self::DEEDS, ...self::DATES], true)
			|| !is_string($document) || preg_match('/^[0-9a-f-]{36}$/D', $document) !== 1
			|| !is_array($except) || count($except) > self::TO_MAX || array_filter($except, is_string(...)) !== $except
			|| ($by !== null && (!is_array($by) || !is_string($by['id'] ?? null) || !is_string($by['name'] ?? null)))
			|| ($due !== null && (!is_string($due) || preg_match('/^\d{4}-\d\d-\d\d$/D', $due) !== 1))
			|| ($role !== null && self::text($role, self::KEY_MAX) === null)
			|| ($comment !== null && self::text($comment, self::KEY_MAX) === null)
			|| ($post !== null && (!is_array($post) || self::text($post['id'] ?? null, self::KEY_MAX) === null || !is_string($post['title'] ?? null)))) {
			return null;
		}
		return new self($key, $kind, $to, array_values($except), $document, $title, $by['id'] ?? null, mb_substr($by['name'] ?? '', 0, self::TEXT_MAX), $due, $role, $comment, $post === null ? null : ['id' => $post['id'], 'title' => mb_substr($post['title'], 0, self::TEXT_MAX)]);
	}

	/** Who is not told, although one of the groups would. */
	public function leavesOut(string $uid): bool {
		return in_array($uid, $this->except, true) || ($uid === $this->byId && in_array($this->kind, self::DEEDS, true));
	}

	/** @return list<array{kind: string, id: string}>|null */
	private static function principals(mixed $given): ?array {
		if (!is_array($given) || count($given) > self::TO_MAX) {
			return null;
		}
		$principals = [];
		foreach ($given as $one) {
			$id = is_array($one) ? self::text($one['id'] ?? null, self::KEY_MAX) : null;
			if ($id === null || !in_array($one['kind'] ?? null, ['person', 'group', 'team'], true)) {
				return null;
			}
			$principals[] = ['kind' => $one['kind'], 'id' => $id];
		}
		return $principals;
	}

	/** @return array<string, string>|null */
	private static function title(mixed $given): ?array {
		if (!is_array($given) || count($given) > self::LANGUAGES_MAX) {
			return null;
		}
		foreach ($given as $text) {
			if (!is_string($text) || mb_strlen($text) > self::TEXT_MAX) {
				return null;
			}
		}
		return array_combine(array_map(strval(...), array_keys($given)), array_values($given));
	}

	private static function text(mixed $given, int $max): ?string {
		return is_string($given) && $given !== '' && mb_strlen($given) <= $max ? $given : null;
	}
}
