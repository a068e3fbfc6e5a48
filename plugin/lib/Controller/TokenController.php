<?php

declare(strict_types=1);

/**
 * Owns the route where a page gets its token for the sync server's REST interface.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Controller;

use OCA\Auzolan\AppInfo\Application;
use OCA\Auzolan\Service\Pairing;
use OCA\Auzolan\Service\Token;
use OCP\AppFramework\Http;
use OCP\AppFramework\Http\Attribute\ApiRoute;
use OCP\AppFramework\Http\Attribute\NoAdminRequired;
use OCP\AppFramework\Http\Attribute\UserRateLimit;
use OCP\AppFramework\Http\DataResponse;
use OCP\AppFramework\OCS\OCSForbiddenException;
use OCP\AppFramework\OCS\OCSPreconditionFailedException;
use OCP\AppFramework\OCSController;
use OCP\IL10N;
use OCP\IRequest;
use OCP\IUserSession;

final class TokenController extends OCSController {
	public function __construct(
		IRequest $request,
		private readonly Pairing $pairing,
		private readonly Token $token,
		private readonly IUserSession $session,
		private readonly IL10N $l10n,
	) {
		parent::__construct(Application::APP_ID, $request);
	}

	/**
	 * A page needs one token every five minutes. 60 a minute leave room for many tabs that all come back at once
	 * after an outage, and end a client that loops.
	 *
	 * @return DataResponse<Http::STATUS_OK, array{token: string, expiresIn: int}, array{}>
	 */
	#[NoAdminRequired]
	#[UserRateLimit(limit: 60, period: 60)]
	#[ApiRoute(verb: 'GET', url: '/api/v1/token')]
	public function get(): DataResponse {
		$user = $this->session->getUser() ?? throw new OCSForbiddenException();
		if (!$this->pairing->configured()) {
			throw new OCSPreconditionFailedException($this->l10n->t('Auzolan is not connected to its sync server yet. Please tell your administrator.'));
		}
		return new DataResponse(['token' => $this->token->forApi($user), 'expiresIn' => Token::API_SECONDS]);
	}
}
