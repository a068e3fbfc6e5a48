<?php

declare(strict_types=1);

/**
 * Owns the route where a page gets the ticket that opens one document's socket.
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
use OCP\AppFramework\OCS\OCSBadRequestException;
use OCP\AppFramework\OCS\OCSForbiddenException;
use OCP\AppFramework\OCS\OCSPreconditionFailedException;
use OCP\AppFramework\OCSController;
use OCP\IL10N;
use OCP\IRequest;
use OCP\IUserSession;

final class TicketController extends OCSController {
	/** Lower case only: two spellings of one id would be two documents to whoever compares strings. */
	private const UUID = '/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/D';

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
	 * Each new socket takes a ticket: opening a document, and every reconnection. 120 a minute let a person with
	 * many tabs come back over a failing network, and end a client that reconnects without pause.
	 *
	 * Whether the person may see the document is the server's to decide; it alone knows the members.
	 *
	 * @param mixed $document the document's UUID; untyped, because an array here deserves a 400 and not a TypeError
	 * @return DataResponse<Http::STATUS_OK, array{ticket: string, expiresIn: int}, array{}>
	 */
	#[NoAdminRequired]
	#[UserRateLimit(limit: 120, period: 60)]
	#[ApiRoute(verb: 'POST', url: '/api/v1/ticket')]
	public function create(mixed $document = null): DataResponse {
		$user = $this->session->getUser() ?? throw new OCSForbiddenException();
		if (!$this->pairing->configured()) {
			throw new OCSPreconditionFailedException($this->l10n->t('Auzolan is not connected to its sync server yet. Please tell your administrator.'));
		}
		if (!is_string($document) || preg_match(self::UUID, $document) !== 1) {
			throw new OCSBadRequestException($this->l10n->t('This is not the identifier of a document.'));
		}
		return new DataResponse(['ticket' => $this->token->forDocument($user, $document), 'expiresIn' => Token::TICKET_SECONDS]);
	}
}
