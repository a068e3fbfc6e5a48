<?php

declare(strict_types=1);

/**
 * Owns what came back from the sync server, also when nothing did.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

final class Answer {
	/**
	 * @param int $status 0 when there was no answer
	 * @param string $error why there was none, in the words of cURL
	 * @param bool $unreachable nobody took the call; otherwise the answer may only have been late
	 * @param ?int $time the server's clock by its Date header, Unix seconds
	 */
	public function __construct(
		public readonly int $status,
		public readonly string $body = '',
		public readonly string $contentType = '',
		public readonly string $retryAfter = '',
		public readonly ?int $time = null,
		public readonly string $error = '',
		public readonly bool $unreachable = false,
	) {
	}

	public function ok(): bool {
		return $this->status >= 200 && $this->status < 300;
	}

	/** @return array<string, mixed> empty when the body is no JSON object */
	public function json(): array {
		$json = json_decode($this->body, true);
		return is_array($json) ? $json : [];
	}

	/** For people who repair things. */
	public function said(): string {
		return $this->status === 0 ? $this->error : 'HTTP ' . $this->status . $this->reason();
	}

	private function reason(): string {
		$json = $this->json();
		$words = array_filter([$json['code'] ?? null, $json['detail'] ?? null], is_string(...));
		return $words === [] ? '' : ' ' . implode(': ', $words);
	}
}
