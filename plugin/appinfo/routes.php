<?php

declare(strict_types=1);

/**
 * Owns the routes that must work for a caller who is not signed in, even when the app is enabled for some groups only.
 * All others are attributes of their controllers, which Nextcloud does not load in that case (Router::loadRoutes).
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

return [
	'ocs' => [
		['name' => 'server#ping', 'url' => '/api/v1/server/ping', 'verb' => 'POST'],
		['name' => 'server#users', 'url' => '/api/v1/server/users', 'verb' => 'POST'],
		['name' => 'server#archive', 'url' => '/api/v1/server/archive', 'verb' => 'POST'],
		['name' => 'server#notify', 'url' => '/api/v1/server/notify', 'verb' => 'POST'],
	],
];
