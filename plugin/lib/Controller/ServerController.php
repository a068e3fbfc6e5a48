<?php

declare(strict_types=1);

/**
 * Owns what the sync server may ask Nextcloud, by signed calls.
 *
 * Its routes are in appinfo/routes.php: for an app that is enabled for some groups only, Nextcloud does not load the routes
 * of attributes for a caller who is not signed in, as the server never is.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Controller;

use OCA\Auzolan\AppInfo\Application;
use OCA\Auzolan\Service\Archive;
use OCA\Auzolan\Service\Directory;
use OCA\Auzolan\Service\Parcels;
use OCA\Auzolan\Service\Signature;
use OCA\Auzolan\Service\SyncServer;
use OCP\App\IAppManager;
use OCP\AppFramework\Http;
use OCP\AppFramework\Http\Attribute\BruteForceProtection;
use OCP\AppFramework\Http\Attribute\PublicPage;
use OCP\AppFramework\Http\DataResponse;
use OCP\AppFramework\OCSController;
use OCP\AppFramework\Utility\ITimeFactory;
use OCP\IRequest;
use Psr\Log\LoggerInterface;

final class ServerController extends OCSController {
	private const THROTTLE = 'auzolanServer';
	private const IDS_MAX = 100;
	private const BODY_MAX_BYTES = 64 * 1024;
	/** A whole plan, twice; the server sends none that is longer. */
	private const ARCHIVE_BODY_MAX_BYTES = 32 * 1024 * 1024;
	private const ARCHIVE_FILES_MAX = 10;
	private const INSUFFICIENT_STORAGE = 507;
	private const PARCELS_MAX = 50;
	/** More than the server ever sends in one call: what is cut off would look like a forgery. */
	private const PARCELS_MAX_BYTES = 512 * 1024;

	public function __construct(
		IRequest $request,
		private readonly Signature $signature,
		private readonly Directory $directory,
		private readonly Parcels $parcels,
		private readonly IAppManager $apps,
		private readonly ITimeFactory $clock,
		private readonly Archive $archive,
		private readonly LoggerInterface $logger,
	) {
		parent::__construct(Application::APP_ID, $request);
	}

	/** Whether the way from the server to Nextcloud works; asked by the self-test. */
	#[PublicPage]
	#[BruteForceProtection(action: self::THROTTLE)]
	public function ping(): DataResponse {
		$body = $this->signedBody('ping');
		if ($body === null) {
			return $this->refuse();
		}
		return new DataResponse([
			'nonce' => is_string($body['nonce'] ?? null) ? $body['nonce'] : '',
			'time' => $this->clock->getTime(),
			'version' => $this->apps->getAppVersion(Application::APP_ID),
			'protocol' => SyncServer::PROTOCOL,
		]);
	}

	/** For people whose groups did not fit into their token, and for those of whom no token is at hand. */
	#[PublicPage]
	#[BruteForceProtection(action: self::THROTTLE)]
	public function users(): DataResponse {
		$body = $this->signedBody('users');
		if ($body === null) {
			return $this->refuse();
		}
		$ids = $body['ids'] ?? null;
		if (!is_array($ids) || count($ids) > self::IDS_MAX || array_filter($ids, is_string(...)) !== $ids) {
			return new DataResponse([], Http::STATUS_BAD_REQUEST);
		}
		$users = [];
		foreach ($ids as $id) {
			$described = $this->directory->describe($id);
			if ($described === null) {
				// The server asks again: half an answer would send people out of their documents.
				return new DataResponse([], Http::STATUS_SERVICE_UNAVAILABLE);
			}
			$users[$id] = $described;
		}
		// An empty list would become [] in JSON, and ids of digits a list.
		return new DataResponse(['users' => (object)$users]);
	}

	/** Approved versions for the folder that an administrator chose; says where they lie, which is nowhere when there is none. */
	#[PublicPage]
	#[BruteForceProtection(action: self::THROTTLE)]
	public function archive(): DataResponse {
		$body = $this->signedBody('archive', self::ARCHIVE_BODY_MAX_BYTES);
		if ($body === null) {
			return $this->refuse();
		}
		$files = $body['files'] ?? null;
		$isFile = static fn (mixed $file): bool => is_array($file)
			&& is_string($file['name'] ?? null) && Archive::isName($file['name']) && is_string($file['content'] ?? null);
		if (!is_array($files) || !array_is_list($files) || count($files) > self::ARCHIVE_FILES_MAX || array_filter($files, $isFile) !== $files) {
			return new DataResponse([], Http::STATUS_BAD_REQUEST);
		}
		try {
			return new DataResponse(['files' => $this->archive->configured() ? $this->archive->keep($files) : []]);
		} catch (\Throwable $error) {
			$this->logger->warning('Approved versions cannot be archived', ['app' => Application::APP_ID, 'exception' => $error]);
			// The server keeps them and asks again.
			return new DataResponse([], self::INSUFFICIENT_STORAGE);
		}
	}

	/** What the server has to pass on: notices, those that are no longer true, and lines for the audit log. */
	#[PublicPage]
	#[BruteForceProtection(action: self::THROTTLE)]
	public function notify(): DataResponse {
		$body = $this->signedBody('notify', self::PARCELS_MAX_BYTES);
		if ($body === null) {
			return $this->refuse();
		}
		$parcels = $body['parcels'] ?? null;
		if (!is_array($parcels) || !array_is_list($parcels) || count($parcels) > self::PARCELS_MAX) {
			return new DataResponse([], Http::STATUS_BAD_REQUEST);
		}
		return new DataResponse($this->parcels->take($parcels));
	}

	/** @return array<mixed>|null null unless the server signed exactly this, now */
	private function signedBody(string $what, int $maxBytes = self::BODY_MAX_BYTES): ?array {
		$stream = fopen('php://input', 'rb');
		$body = $stream === false ? '' : (string)stream_get_contents($stream, $maxBytes);
		if (!$this->signature->isValid($this->request, '/apps/' . Application::APP_ID . '/api/v1/server/' . $what, $body)) {
			return null;
		}
		$json = json_decode($body, true);
		return is_array($json) ? $json : [];
	}

	private function refuse(): DataResponse {
		$response = new DataResponse([], Http::STATUS_UNAUTHORIZED);
		$response->throttle(['action' => self::THROTTLE]);
		return $response;
	}
}
