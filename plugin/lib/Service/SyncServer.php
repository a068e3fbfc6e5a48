<?php

declare(strict_types=1);

/**
 * Owns every call of Nextcloud to the sync server.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCP\Http\Client\IClientService;

final class SyncServer {
	public const PROTOCOL = ['min' => 1, 'max' => 1];
	/** The prefix under which the server has its interface, with or without a path before it. */
	private const API = '/api/v1/';
	private const CONNECT_SECONDS = 2;
	private const CALL_SECONDS = 3;
	/** Everything that was written is read for it. */
	private const PERSON_SECONDS = 600;
	/** Somebody waits for their group to be changed; the retry is in a job. */
	private const TELL_SECONDS = 1;
	private const RELAY_SECONDS = 10;
	private const RELAY_FILE_SECONDS = 60;
	/** Somebody waits for their dashboard, for their calendars, or for what they look for. */
	private const WAITING_SECONDS = 2;
	/** What cURL says when nobody took the call, and not when the answer was late. */
	private const UNREACHABLE = '/cURL error [67]:|Connection timed out/';

	public function __construct(
		private readonly IClientService $clients,
		private readonly Pairing $pairing,
		private readonly Token $token,
	) {
	}

	/** @param array{people: list<string>, groups: list<string>, teams: list<string>, ended: list<string>} $change */
	public function changed(array $change): Answer {
		return $this->call('changed', $change, self::TELL_SECONDS);
	}

	/** @param array<string, mixed> $question */
	public function selfTest(array $question): Answer {
		return $this->call('self-test', $question, self::CALL_SECONDS);
	}

	/** What is held of a person, as JSON. */
	public function personalData(string $account): Answer {
		return $this->call('personal-data', ['person' => $account], self::PERSON_SECONDS);
	}

	public function erase(string $account, bool $preview): Answer {
		return $this->call('erase', ['person' => $account, 'preview' => $preview, 'asker' => 'occ'], self::PERSON_SECONDS);
	}

	/** What anybody sees at an address, for the diagnosis. */
	public function look(string $url): Answer {
		return $this->send('GET', $url, [], null, self::CALL_SECONDS);
	}

	/** What waits for the person of the token. */
	public function waiting(string $token): Answer {
		return $this->read('reviews', $token, self::WAITING_SECONDS);
	}

	/** What the person of the token finds of ours, or would read behind a link. */
	public function house(string $what, string $token): Answer {
		return $this->read($what, $token, self::WAITING_SECONDS);
	}

	/** The plans whose posts the person of the token has in a calendar. */
	public function calendars(string $token): Answer {
		return $this->read('calendars', $token, self::WAITING_SECONDS);
	}

	/** The posts of one of them, as iCalendar. */
	public function calendar(string $document, string $token): Answer {
		return $this->read('documents/' . rawurlencode($document) . '/calendar.ics', $token, self::CALL_SECONDS);
	}

	/** @param string $path below the interface, with its query */
	public function relay(string $method, string $path, string $token, string $contentType, ?string $body, bool $isFile = false): Answer {
		$headers = ['Authorization' => 'Bearer ' . $token, 'X-Auzolan-Relayed' => '1'];
		// Anything else is nothing the server reads, and some of it stops the request here.
		if ($body !== null && preg_match('#^[\w.+/-]+(; ?[\w=-]+)*$#D', $contentType) === 1) {
			$headers['Content-Type'] = $contentType;
		}
		return $this->send($method, $this->pairing->base() . self::API . $path, $headers, $body, $isFile ? self::RELAY_FILE_SECONDS : self::RELAY_SECONDS);
	}

	private function read(string $what, string $token, int $seconds): Answer {
		return $this->send('GET', $this->pairing->base() . self::API . $what, ['Authorization' => 'Bearer ' . $token], null, $seconds);
	}

	/** @param array<string, mixed> $content */
	private function call(string $what, array $content, int $seconds): Answer {
		if (!$this->pairing->configured()) {
			return new Answer(0, error: 'not connected');
		}
		$body = json_encode($content, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE);
		$headers = ['Authorization' => 'Bearer ' . $this->token->forHost($what, $body), 'Content-Type' => 'application/json'];
		return $this->send('POST', $this->pairing->base() . self::API . 'host/' . $what, $headers, $body, $seconds);
	}

	/** @param array<string, string> $headers */
	private function send(string $method, string $url, array $headers, ?string $body, int $seconds): Answer {
		$options = [
			'headers' => $headers,
			'timeout' => $seconds,
			'connect_timeout' => min(self::CONNECT_SECONDS, $seconds),
			'http_errors' => false,
			// A redirect would be a proxy's idea; followed, it hides the wrong address, and turns a POST into a GET.
			'allow_redirects' => false,
			// The server usually is on the same machine or network, which Nextcloud refuses to call otherwise.
			'nextcloud' => ['allow_local_address' => true],
		];
		if ($body !== null) {
			$options['body'] = $body;
		}
		try {
			$response = $this->clients->newClient()->request($method, $url, $options);
		} catch (\Exception $error) {
			$message = self::plain($error->getMessage());
			return new Answer(0, error: $message, unreachable: preg_match(self::UNREACHABLE, $message) === 1);
		}
		$time = strtotime($response->getHeader('Date'));
		return new Answer(
			$response->getStatusCode(),
			(string)$response->getBody(),
			$response->getHeader('Content-Type'),
			$response->getHeader('Retry-After'),
			$time === false ? null : $time,
		);
	}

	/** `cURL error 7: Failed to connect to … (see https://curl…) for http://…`, without its reading list. */
	private static function plain(string $error): string {
		return trim((string)preg_replace('/ \(see https?:.*$/s', '', $error));
	}
}
