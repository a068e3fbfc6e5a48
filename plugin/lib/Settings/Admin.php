<?php

declare(strict_types=1);

/**
 * Owns the administration page, which can be delegated to people who are no administrators of all of Nextcloud.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Settings;

use OCA\Auzolan\AppInfo\Application;
use OCA\Auzolan\Config\Lexicon;
use OCA\Auzolan\Service\Archive;
use OCA\Auzolan\Service\Pairing;
use OCP\AppFramework\Http\ContentSecurityPolicy;
use OCP\AppFramework\Http\TemplateResponse;
use OCP\AppFramework\Services\IInitialState;
use OCP\IL10N;
use OCP\Security\IContentSecurityPolicyManager;
use OCP\Settings\IDelegatedSettings;
use OCP\Util;

final class Admin implements IDelegatedSettings {
	public function __construct(
		private readonly Pairing $pairing,
		private readonly Archive $archive,
		private readonly IInitialState $initialState,
		private readonly IContentSecurityPolicyManager $policies,
		private readonly IL10N $l10n,
	) {
	}

	public function getForm(): TemplateResponse {
		Util::addScript(Application::APP_ID, Application::APP_ID . '-admin');
		// The secret is not among these: it is shown when somebody asks for it, after their password.
		$this->initialState->provideInitialState('admin', [
			'serverUrl' => $this->pairing->typed(Lexicon::SERVER_URL),
			'internalUrl' => $this->pairing->typed(Lexicon::SERVER_INTERNAL_URL),
			'archiveAccount' => $this->archive->account(),
			'archiveFolder' => $this->archive->folder(),
			'fixed' => $this->pairing->fixed(),
			'probe' => $this->pairing->serverUrl(),
		]);
		$this->allowProbe();
		return new TemplateResponse(Application::APP_ID, 'admin', [], TemplateResponse::RENDER_AS_BLANK);
	}

	public function getSection(): string {
		return Application::APP_ID;
	}

	public function getPriority(): int {
		return 10;
	}

	public function getName(): ?string {
		return $this->l10n->t('Connection to the sync server');
	}

	public function getAuthorizedAppConfig(): array {
		// Nothing by the general route: addresses are checked and secrets made by our own.
		return [];
	}

	/**
	 * The page of the settings sends its own response, not ours, so its policy is reached through the manager only; it lives
	 * as long as this request. For the stored address: a new one is tried after a reload.
	 */
	private function allowProbe(): void {
		$policy = new ContentSecurityPolicy();
		foreach ($this->pairing->publicAddress()?->origins() ?? [] as $origin) {
			$policy->addAllowedConnectDomain($origin);
		}
		$this->policies->addDefaultPolicy($policy);
	}
}
