<?php

declare(strict_types=1);

/**
 * Owns what the administration page asks and changes.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Controller;

use OCA\Auzolan\AppInfo\Application;
use OCA\Auzolan\Config\Lexicon;
use OCA\Auzolan\Service\Address;
use OCA\Auzolan\Service\Archive;
use OCA\Auzolan\Service\Diagnostics;
use OCA\Auzolan\Service\Installation;
use OCA\Auzolan\Service\Pairing;
use OCA\Auzolan\Settings\Admin;
use OCP\AppFramework\Http\Attribute\ApiRoute;
use OCP\AppFramework\Http\Attribute\AuthorizedAdminSetting;
use OCP\AppFramework\Http\Attribute\PasswordConfirmationRequired;
use OCP\AppFramework\Http\DataResponse;
use OCP\AppFramework\OCS\OCSBadRequestException;
use OCP\AppFramework\OCSController;
use OCP\IL10N;
use OCP\IRequest;

final class AdminController extends OCSController {
	public function __construct(
		IRequest $request,
		private readonly Pairing $pairing,
		private readonly Installation $installation,
		private readonly Diagnostics $diagnostics,
		private readonly Archive $archive,
		private readonly IL10N $l10n,
	) {
		parent::__construct(Application::APP_ID, $request);
	}

	#[AuthorizedAdminSetting(settings: Admin::class)]
	#[ApiRoute(verb: 'GET', url: '/api/v1/admin/diagnostics')]
	public function diagnostics(): DataResponse {
		$findings = $this->diagnostics->run();
		return new DataResponse([
			'worst' => $this->diagnostics->worst($findings),
			'checks' => array_map(static fn ($finding): array => $finding->jsonSerialize(), $findings),
		]);
	}

	/** Two empty addresses disconnect; the secret stays, so that the way back is short. */
	#[AuthorizedAdminSetting(settings: Admin::class)]
	#[PasswordConfirmationRequired]
	#[ApiRoute(verb: 'PUT', url: '/api/v1/admin/settings')]
	public function settings(string $serverUrl = '', string $internalUrl = ''): DataResponse {
		$typed = [Lexicon::SERVER_URL => trim($serverUrl), Lexicon::SERVER_INTERNAL_URL => trim($internalUrl)];
		foreach ($typed as $address) {
			if ($address !== '' && Address::parse($address) === null) {
				throw new OCSBadRequestException($this->l10n->t('The address of the sync server cannot be used.'));
			}
		}
		foreach ($typed as $key => $address) {
			if (!$this->installation->isFixed($key)) {
				$this->pairing->setAddress($key, $address);
			}
		}
		return new DataResponse(['serverUrl' => $this->pairing->serverUrl()]);
	}

	/** Where approved versions are archived; an empty account ends it. */
	#[AuthorizedAdminSetting(settings: Admin::class)]
	#[PasswordConfirmationRequired]
	#[ApiRoute(verb: 'PUT', url: '/api/v1/admin/archive')]
	public function archive(string $account = '', string $folder = ''): DataResponse {
		$problem = $this->archive->choose(trim($account), $folder);
		if ($problem !== '') {
			throw new OCSBadRequestException(match ($problem) {
				Archive::NO_ACCOUNT => $this->l10n->t('There is no such account, or it is disabled.'),
				Archive::NO_FOLDER => $this->l10n->t('This is no path of folders.'),
				Archive::READ_ONLY => $this->l10n->t('The account may not write in this folder.'),
				Archive::FULL => $this->l10n->t('The account has no room left.'),
				default => $this->l10n->t('Nextcloud cannot write there: %s', [$problem]),
			});
		}
		return new DataResponse(['account' => $this->archive->account(), 'folder' => $this->archive->folder()]);
	}

	/** Makes the secret when there is none, or a new one, and says what server and proxy need. */
	#[AuthorizedAdminSetting(settings: Admin::class)]
	#[PasswordConfirmationRequired]
	#[ApiRoute(verb: 'POST', url: '/api/v1/admin/connect')]
	public function connect(bool $rotate = false): DataResponse {
		if (($rotate || $this->pairing->secret() === '') && !$this->installation->isFixed(Lexicon::SECRET)) {
			$this->pairing->newSecret();
		}
		return new DataResponse(['environment' => $this->installation->environment(), 'proxies' => $this->installation->proxies()]);
	}
}
