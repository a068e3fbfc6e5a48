<?php

declare(strict_types=1);

/**
 * Owns the route where a page asks who of a team can open a file that a document links to.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Controller;

use OCA\Auzolan\AppInfo\Application;
use OCA\Auzolan\Service\FileReaders;
use OCP\AppFramework\Http;
use OCP\AppFramework\Http\Attribute\ApiRoute;
use OCP\AppFramework\Http\Attribute\NoAdminRequired;
use OCP\AppFramework\Http\Attribute\UserRateLimit;
use OCP\AppFramework\Http\DataResponse;
use OCP\AppFramework\OCS\OCSBadRequestException;
use OCP\AppFramework\OCS\OCSForbiddenException;
use OCP\AppFramework\OCS\OCSNotFoundException;
use OCP\AppFramework\OCSController;
use OCP\IL10N;
use OCP\IRequest;
use OCP\IUserSession;

final class FileController extends OCSController {
	/** Each is a look into somebody's mounts. */
	private const PEOPLE_MAX = 50;
	private const UID_MAX = 64;

	public function __construct(
		IRequest $request,
		private readonly FileReaders $readers,
		private readonly IUserSession $session,
		private readonly IL10N $l10n,
	) {
		parent::__construct(Application::APP_ID, $request);
	}

	/**
	 * Only who can open the file is told anything of it; to everybody else one that is there and one that is not are the same. Of others
	 * they are told what Files tells them: who only reads it learns of themselves alone. A page asks once for each file on the screen.
	 * POST, so that no log of addresses has the names of people.
	 *
	 * @param mixed $people account names; untyped, because anything else here deserves a 400 and not a TypeError
	 * @return DataResponse<Http::STATUS_OK, array{name: string, others: bool, can: list<string>, cannot: list<string>}, array{}>
	 */
	#[NoAdminRequired]
	#[UserRateLimit(limit: 60, period: 60)]
	#[ApiRoute(verb: 'POST', url: '/api/v1/files/{file}/readers', requirements: ['file' => '\d{1,18}'])]
	public function readers(int $file, mixed $people = null): DataResponse {
		$user = $this->session->getUser() ?? throw new OCSForbiddenException();
		$asked = $this->peopleIn($people) ?? throw new OCSBadRequestException($this->l10n->t('This is not a list of people.'));
		$own = $user->getUID();
		$node = $this->readers->open($own, $file)
			?? throw new OCSNotFoundException($this->l10n->t('You cannot open this file, or it is not there.'));
		$others = $this->readers->mayKnow($own, $file);
		$about = $others ? $asked : array_values(array_intersect($asked, [$own]));
		return new DataResponse(['name' => $node->getName(), 'others' => $others, ...$this->readers->among($about, $file)]);
	}

	/** @return list<string>|null */
	private function peopleIn(mixed $people): ?array {
		if (!is_array($people) || !array_is_list($people) || count($people) > self::PEOPLE_MAX) {
			return null;
		}
		foreach ($people as $uid) {
			if (!is_string($uid) || $uid === '' || strlen($uid) > self::UID_MAX) {
				return null;
			}
		}
		return array_values(array_unique($people));
	}
}
