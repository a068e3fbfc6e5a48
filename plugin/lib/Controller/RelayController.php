<?php

declare(strict_types=1);

/**
 * Owns the way to the sync server through Nextcloud, for browsers that do not reach the server themselves.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Controller;

use OCA\Auzolan\AppInfo\Application;
use OCA\Auzolan\Service\Answer;
use OCA\Auzolan\Service\Pairing;
use OCA\Auzolan\Service\SyncServer;
use OCA\Auzolan\Service\Token;
use OCP\AppFramework\Controller;
use OCP\AppFramework\Http;
use OCP\AppFramework\Http\Attribute\FrontpageRoute;
use OCP\AppFramework\Http\Attribute\NoAdminRequired;
use OCP\AppFramework\Http\Attribute\UserRateLimit;
use OCP\AppFramework\Http\DataDisplayResponse;
use OCP\ICache;
use OCP\ICacheFactory;
use OCP\IRequest;
use OCP\IUserSession;

final class RelayController extends Controller {
	/** More than the largest exchange, which the server itself refuses with a reason. */
	private const BODY_MAX_BYTES = 5 * 1024 * 1024;
	/** A file beside a document, which may be larger, and take longer. */
	private const FILE = '#^documents/[0-9a-f-]{36}/files/[0-9a-f]{64}(\?|$)#D';
	private const FILE_MAX_BYTES = 21 * 1024 * 1024;
	/** Nothing of the server may become a page of Nextcloud: no type that a browser runs. */
	private const CONTENT_TYPES = '#^(application/(json|problem\+json|octet-stream|pdf|x-subrip|vnd\.auzolan[a-z0-9.+-]*)|text/(plain|vtt)|image/(jpeg|png|webp|gif)|video/(mp4|quicktime|webm)|audio/(mpeg|ogg|mp4))(;|$)#';
	/** While the server is down, each waiting page would hold one of Nextcloud's few PHP processes for two seconds. */
	private const DOWN_SECONDS = 2;

	private readonly ICache $cache;

	public function __construct(
		IRequest $request,
		private readonly Pairing $pairing,
		private readonly Token $token,
		private readonly SyncServer $server,
		private readonly IUserSession $session,
		ICacheFactory $caches,
	) {
		parent::__construct(Application::APP_ID, $request);
		$this->cache = $caches->createLocal('auzolan-relay');
	}

	/**
	 * Only with the CSRF token of a page of this Nextcloud, reading too: so an address of the relay cannot be opened as a page.
	 *
	 * An exchange a second, and the REST calls of a few tabs, stay below the ration.
	 */
	#[NoAdminRequired]
	#[UserRateLimit(limit: 600, period: 60)]
	#[FrontpageRoute(verb: 'GET', url: '/relay/{path}', requirements: ['path' => '.+'])]
	#[FrontpageRoute(verb: 'POST', url: '/relay/{path}', requirements: ['path' => '.+'], postfix: 'post')]
	#[FrontpageRoute(verb: 'PUT', url: '/relay/{path}', requirements: ['path' => '.+'], postfix: 'put')]
	#[FrontpageRoute(verb: 'PATCH', url: '/relay/{path}', requirements: ['path' => '.+'], postfix: 'patch')]
	#[FrontpageRoute(verb: 'DELETE', url: '/relay/{path}', requirements: ['path' => '.+'], postfix: 'delete')]
	public function pass(): DataDisplayResponse {
		$user = $this->session->getUser();
		if ($user === null) {
			return $this->refuse(Http::STATUS_UNAUTHORIZED, 'TICKET_MISSING', 'not signed in');
		}
		if (!$this->pairing->configured()) {
			return $this->refuse(Http::STATUS_PRECONDITION_FAILED, 'NOT_CONNECTED', 'no sync server is set');
		}
		$path = $this->path();
		if ($path === null) {
			return $this->refuse(Http::STATUS_NOT_FOUND, 'NOT_FOUND', 'no such route');
		}
		$isFile = preg_match(self::FILE, $path) === 1;
		$body = $this->body($isFile ? self::FILE_MAX_BYTES : self::BODY_MAX_BYTES);
		if ($body === null) {
			return $this->refuse(Http::STATUS_REQUEST_ENTITY_TOO_LARGE, 'TOO_LARGE', 'body too large');
		}
		if ($this->cache->get('down') === 1) {
			return $this->refuse(Http::STATUS_BAD_GATEWAY, 'TRY_AGAIN', 'the sync server does not answer');
		}
		$method = $this->request->getMethod();
		$answer = $this->server->relay(
			$method,
			$path,
			$this->token->forApi($user),
			$this->request->getHeader('Content-Type'),
			$method === 'GET' ? null : $body,
			$isFile,
		);
		if ($answer->status === 0) {
			// One slow answer is no reason to send everybody else away.
			if ($answer->unreachable) {
				$this->cache->set('down', 1, self::DOWN_SECONDS);
			}
			return $this->refuse(Http::STATUS_BAD_GATEWAY, 'TRY_AGAIN', 'the sync server does not answer');
		}
		return $this->forward($answer);
	}

	/**
	 * What follows `/relay/`, as it was sent: the router's own parameter is decoded, has lost its double slashes, and can be
	 * overruled by a body with a field of that name.
	 */
	private function path(): ?string {
		$uri = $this->request->getRequestUri();
		$marker = '/apps/' . Application::APP_ID . '/relay/';
		$at = strpos($uri, $marker);
		[$path, $query] = explode('?', $at === false ? '' : substr($uri, $at + strlen($marker)), 2) + ['', ''];
		// Nextcloud's own, and none of the server's business.
		$query = (string)preg_replace('/(^|&)requesttoken=[^&]*/', '', $query);
		if (preg_match('/^[\x21-\x7e]*$/D', $query) !== 1) {
			return null;
		}
		$segments = explode('/', $path);
		foreach ($segments as $segment) {
			$decoded = rawurldecode($segment);
			if (preg_match('/^[A-Za-z0-9._~%@:+,=-]+$/D', $segment) !== 1
				|| preg_match('#^\.{1,2}$|[/\\\\%\x00-\x1f]#', $decoded) === 1) {
				return null;
			}
		}
		// What Nextcloud itself says to the server. It would not believe a person's token there; no reason to ask.
		if (strtolower(rawurldecode($segments[0])) === 'host') {
			return null;
		}
		return $query === '' ? $path : $path . '?' . $query;
	}

	/** The body byte for byte, or null when it is too large. */
	private function body(int $max): ?string {
		$stream = fopen('php://input', 'rb');
		$body = $stream === false ? '' : (string)stream_get_contents($stream, $max + 1);
		return strlen($body) > $max ? null : $body;
	}

	private function forward(Answer $answer): DataDisplayResponse {
		// Nextcloud knows the reason phrases of the usual numbers only, and stumbles over others.
		$status = in_array($answer->status, (new \ReflectionClass(Http::class))->getConstants(), true) ? $answer->status : Http::STATUS_BAD_GATEWAY;
		$safe = preg_match(self::CONTENT_TYPES, $answer->contentType) === 1;
		$headers = ['Content-Type' => $safe ? $answer->contentType : 'application/octet-stream'];
		if ($answer->retryAfter !== '') {
			$headers['Retry-After'] = $answer->retryAfter;
		}
		return $this->respond($answer->body, $status, $headers);
	}

	/** In the form in which the server itself refuses (RFC 9457). */
	private function refuse(int $status, string $code, string $detail): DataDisplayResponse {
		$problem = ['type' => 'about:blank', 'title' => $code, 'status' => $status, 'code' => $code, 'detail' => $detail];
		return $this->respond((string)json_encode($problem), $status, ['Content-Type' => 'application/problem+json']);
	}

	/** @param array<string, string> $headers */
	private function respond(string $body, int $status, array $headers): DataDisplayResponse {
		$headers['X-Content-Type-Options'] = 'nosniff';
		$response = new DataDisplayResponse($body, $status, $headers);
		$response->addHeader('Content-Disposition', 'attachment');
		return $response;
	}
}
