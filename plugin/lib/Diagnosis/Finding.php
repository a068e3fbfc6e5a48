<?php

declare(strict_types=1);

/**
 * Owns the form of one thing that was looked at: what was tried, what came back, and how to repair it.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Diagnosis;

final class Finding implements \JsonSerializable {
	public const OK = 'ok';
	public const INFO = 'info';
	public const WARNING = 'warning';
	public const ERROR = 'error';

	/**
	 * @param self::* $severity
	 * @param string $message what is the case, for an administrator, in their language
	 * @param string $tried the request or the setting, as a technician writes it
	 * @param string $cameBack the same for the outcome
	 * @param string $fix what to do; '' when nothing is to be done
	 */
	public function __construct(
		public readonly string $id,
		public readonly string $severity,
		public readonly string $message,
		public readonly string $tried = '',
		public readonly string $cameBack = '',
		public readonly string $fix = '',
	) {
	}

	public function ok(): bool {
		return $this->severity === self::OK || $this->severity === self::INFO;
	}

	/** @return array{id: string, ok: bool, severity: string, message: string, tried: string, came_back: string, fix: string} */
	public function jsonSerialize(): array {
		return [
			'id' => $this->id,
			'ok' => $this->ok(),
			'severity' => $this->severity,
			'message' => $this->message,
			'tried' => $this->tried,
			'came_back' => $this->cameBack,
			'fix' => $this->fix,
		];
	}
}
