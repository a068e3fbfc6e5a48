<?php

declare(strict_types=1);

/**
 * Owns the one page of the app; what is shown at each address is decided in the browser.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Controller;

use OCA\Auzolan\AppInfo\Application;
use OCA\Auzolan\Service\Pairing;
use OCP\AppFramework\Controller;
use OCP\AppFramework\Http\Attribute\FrontpageRoute;
use OCP\AppFramework\Http\Attribute\NoAdminRequired;
use OCP\AppFramework\Http\Attribute\NoCSRFRequired;
use OCP\AppFramework\Http\ContentSecurityPolicy;
use OCP\AppFramework\Http\TemplateResponse;
use OCP\AppFramework\Services\IInitialState;
use OCP\IRequest;
use OCP\Util;

final class PageController extends Controller {
	public function __construct(
		IRequest $request,
		private readonly Pairing $pairing,
		private readonly IInitialState $initialState,
	) {
		parent::__construct(Application::APP_ID, $request);
	}

	// Known first segments only: an address that the browser cannot show either stays an honest 404.
	#[NoAdminRequired]
	#[NoCSRFRequired]
	#[FrontpageRoute(verb: 'GET', url: '/')]
	#[FrontpageRoute(
		verb: 'GET',
		url: '/{path}',
		requirements: ['path' => '(t|d|organisation|plans|calendar|tools|may-i-use|suggest|search|data)(/.*)?'],
		postfix: 'deep',
	)]
	public function index(): TemplateResponse {
		Util::addScript(Application::APP_ID, Application::APP_ID . '-main');
		$this->initialState->provideInitialState('start', [
			'serverUrl' => $this->pairing->serverUrl(),
			'configured' => $this->pairing->configured(),
			// A browser that does not reach the server itself may come through us (RelayController).
			'relay' => $this->pairing->configured(),
			'calendars' => $this->pairing->configured(),
		]);

		$response = new TemplateResponse(Application::APP_ID, 'index');
		$response->setContentSecurityPolicy($this->policy());
		return $response;
	}

	/** Set on our own response and not by a listener that matches paths: those broke four releases of another app (whiteboard#1198, #1325). */
	private function policy(): ContentSecurityPolicy {
		$policy = new ContentSecurityPolicy();
		$policy->addAllowedWorkerSrcDomain("'self'");
		// Films are fetched with a pass, and shown from the memory of the page.
		$policy->addAllowedMediaDomain('blob:');
		foreach ($this->pairing->publicAddress()?->origins() ?? [] as $origin) {
			$policy->addAllowedConnectDomain($origin);
		}
		return $policy;
	}
}
