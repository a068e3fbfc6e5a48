<?php

declare(strict_types=1);

/**
 * Owns what other programs can find out about the app: version and protocol, and whether it is connected.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan;

use OCA\Auzolan\AppInfo\Application;
use OCA\Auzolan\Service\Pairing;
use OCA\Auzolan\Service\SyncServer;
use OCP\App\IAppManager;
use OCP\Capabilities\ICapability;

final class Capabilities implements ICapability {
	public function __construct(
		private readonly IAppManager $apps,
		private readonly Pairing $pairing,
	) {
	}

	/** @return array{auzolan: array{version: string, protocol: array{min: int, max: int}, connected: bool}} */
	public function getCapabilities(): array {
		return [
			Application::APP_ID => [
				'version' => $this->apps->getAppVersion(Application::APP_ID),
				'protocol' => SyncServer::PROTOCOL,
				'connected' => $this->pairing->configured(),
			],
		];
	}
}
