<?php

declare(strict_types=1);

/**
 * Owns the entry of Auzolan in the menu of the administration settings.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Settings;

use OCA\Auzolan\AppInfo\Application;
use OCP\IURLGenerator;
use OCP\Settings\IIconSection;

final class Section implements IIconSection {
	public function __construct(
		private readonly IURLGenerator $urls,
	) {
	}

	public function getID(): string {
		return Application::APP_ID;
	}

	public function getName(): string {
		return 'Auzolan';
	}

	public function getPriority(): int {
		return 80;
	}

	public function getIcon(): string {
		return $this->urls->imagePath(Application::APP_ID, 'app-dark.svg');
	}
}
